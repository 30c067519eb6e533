package dev.hookferry.http.api;

import dev.hookferry.Deliveries;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.resource.AttemptJson;
import dev.hookferry.http.resource.DeliveryJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.QueryFields;
import dev.hookferry.http.wire.QueryParameters;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Calls about deliveries and their attempts. */
final class DeliveryRoutes {
  private final Webhooks webhooks;
  private final Deliveries deliveries;

  DeliveryRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
    deliveries = webhooks.deliveries();
  }

  HttpReply list(Call call) {
    QueryParameters query = call.query();
    Set<DeliveryState> states = query.states();
    DeliveryQuery all = DeliveryQuery.ofSite(call.site());
    DeliveryQuery asked =
        (states.isEmpty() ? all : all.states(states))
            .endpoint(query.id("endpoint", name -> webhooks.endpoints().id(call.site(), name)))
            .types(query.types())
            .typePattern(query.id(QueryFields.TYPE_PATTERN.name(), EventTypeFilter::new))
            .statusCode(query.number(QueryFields.STATUS_CODE))
            .statusClass(query.statusClass())
            .event(query.id("event", EventId::new))
            .fields(query.fields())
            .created(query.window())
            .page(query.page());
    query.check();
    Page<Delivery> page =
        query.isImpossible() ? new Page<>(List.of(), null) : deliveries.list(asked);
    Instant missed = deliveries.notIndexedBefore(asked).orElse(null);
    Page<DeliveryJson.Reasoned> shown =
        new Page<>(DeliveryJson.Reasoned.all(deliveries, page.data()), page.next());
    return HttpReply.ok(JsonOutput.one(DeliveryJson.PAGE, new DeliveryJson.Listed(shown, missed)));
  }

  /** Returns a delivery with its attempts, oldest first. */
  HttpReply get(Call call) {
    Delivery delivery = deliveries.get(call.site(), call.delivery());
    AttemptQuery query = AttemptQuery.ofSite(call.site()).delivery(delivery.id());
    List<Attempt> log = new ArrayList<>();
    String cursor = null;
    do {
      PageRequest part = PageRequest.of(PageRequest.MAX_LIMIT).after(cursor);
      Page<Attempt> page = deliveries.attempts(query.page(part));
      log.addAll(page.data());
      cursor = page.next();
    } while (cursor != null);
    Collections.reverse(log);
    Attempt last = log.isEmpty() ? null : log.get(log.size() - 1);
    DeliveryJson.Reasoned shown = DeliveryJson.Reasoned.of(deliveries, delivery, last);
    return HttpReply.ok(JsonOutput.one(DeliveryJson.WITH_LOG, new DeliveryJson.Logged(shown, log)));
  }

  CompletableFuture<HttpReply> retry(Call call) {
    call.fields().check();
    return reply(acting(call).retry(call.site(), call.delivery()));
  }

  CompletableFuture<HttpReply> cancel(Call call) {
    call.fields().check();
    return reply(acting(call).cancel(call.site(), call.delivery()));
  }

  /** Lists attempts, newest first. */
  HttpReply attempts(Call call) {
    QueryParameters query = call.query();
    AttemptQuery asked =
        AttemptQuery.ofSite(call.site())
            .delivery(query.id("delivery", DeliveryId::parse))
            .endpoint(query.id("endpoint", name -> webhooks.endpoints().id(call.site(), name)))
            .types(query.types())
            .outcomes(query.outcomes())
            .statusCode(query.number(QueryFields.STATUS_CODE))
            .started(query.window())
            .page(query.page());
    query.check();
    Page<Attempt> page =
        query.isImpossible() ? new Page<>(List.of(), null) : deliveries.attempts(asked);
    return HttpReply.ok(JsonOutput.one(AttemptJson.PAGE, page));
  }

  private Deliveries acting(Call call) {
    return webhooks.actingAs(call.actor()).deliveries();
  }

  private CompletableFuture<HttpReply> reply(CompletableFuture<Delivery> after) {
    return after.thenApply(
        delivery ->
            HttpReply.ok(
                JsonOutput.one(
                    DeliveryJson.DELIVERY, DeliveryJson.Reasoned.of(deliveries, delivery))));
  }
}
