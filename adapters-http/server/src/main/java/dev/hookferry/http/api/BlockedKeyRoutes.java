package dev.hookferry.http.api;

import dev.hookferry.BlockedKeys;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.BlockedKey;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.resource.BlockedKeyJson;
import dev.hookferry.http.resource.DeliveryJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.util.concurrent.CompletableFuture;

/** Calls about the blocked ordering keys of an endpoint. */
final class BlockedKeyRoutes {
  private final Webhooks webhooks;

  BlockedKeyRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply list(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    Page<BlockedKey> page = webhooks.blockedKeys().list(call.site(), endpoint(call), part);
    return HttpReply.ok(JsonOutput.one(BlockedKeyJson.PAGE, page));
  }

  CompletableFuture<HttpReply> retry(Call call) {
    return reply(acting(call).retry(call.site(), endpoint(call), key(call)));
  }

  CompletableFuture<HttpReply> skip(Call call) {
    return reply(acting(call).skip(call.site(), endpoint(call), key(call)));
  }

  private EndpointId endpoint(Call call) {
    EndpointId id = call.id("endpoint", name -> webhooks.endpoints().id(call.site(), name));
    return webhooks.endpoints().get(call.site(), id).id();
  }

  private static String key(Call call) {
    RequestFields fields = call.givenFields(BlockedKeyJson.ORDERING_KEY.name());
    String key = fields.required(BlockedKeyJson.ORDERING_KEY.name());
    fields.check();
    return key;
  }

  private BlockedKeys acting(Call call) {
    return webhooks.actingAs(call.actor()).blockedKeys();
  }

  private CompletableFuture<HttpReply> reply(CompletableFuture<Delivery> after) {
    return after.thenApply(
        delivery ->
            HttpReply.ok(
                JsonOutput.one(
                    DeliveryJson.DELIVERY,
                    DeliveryJson.Reasoned.of(webhooks.deliveries(), delivery))));
  }
}
