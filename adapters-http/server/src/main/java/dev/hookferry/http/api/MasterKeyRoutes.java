package dev.hookferry.http.api;

import dev.hookferry.MasterKeys;
import dev.hookferry.Webhooks;
import dev.hookferry.http.resource.MasterKeyJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import java.util.concurrent.CompletableFuture;

/** Calls about master keys, which encrypt secrets. Replies never contain the keys themselves. */
final class MasterKeyRoutes {
  private final Webhooks webhooks;

  MasterKeyRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply get(Call call) {
    return HttpReply.ok(JsonOutput.one(MasterKeyJson.STATUS, webhooks.masterKeys().status()));
  }

  CompletableFuture<HttpReply> rotate(Call call) {
    call.fields().check();
    MasterKeys.Rotation done = webhooks.actingAs(call.actor()).masterKeys().rotate();
    return CompletableFuture.completedFuture(
        HttpReply.ok(JsonOutput.one(MasterKeyJson.ROTATED, done)));
  }
}
