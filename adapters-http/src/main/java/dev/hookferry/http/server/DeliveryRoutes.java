package dev.hookferry.http.server;

import dev.hookferry.Deliveries;
import dev.hookferry.DeliveryFilter;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.event.EventId;
import dev.hookferry.port.AttemptQuery;
import dev.hookferry.port.Page;
import dev.hookferry.port.PageRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Deliveries, and the log of their attempts. */
final class DeliveryRoutes {
  private static final String STATUS =
      "must be pending, held, delivered, exhausted, cancelled or poisoned";
  private static final String OUTCOME =
      "must be an outcome such as delivered, http_error or timeout";

  private final Webhooks webhooks;
  private final Deliveries deliveries;

  DeliveryRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
    deliveries = webhooks.deliveries();
  }

  Reply list(Call call) {
    Query query = call.query();
    DeliveryFilter filter =
        new DeliveryFilter(
            query.word("status", DeliveryState::ofWord, STATUS),
            query.id("endpoint", EndpointId::parse),
            query.type(),
            query.id("event", EventId::new),
            query.window(),
            query.page());
    query.check();
    Page<Delivery> page =
        query.isImpossible() ? new Page<>(List.of(), null) : deliveries.list(call.site(), filter);
    return Reply.ok(Json.page(DeliveryJson::write, page));
  }

  /** One with its log, oldest attempt first. */
  Reply get(Call call) {
    Delivery delivery = deliveries.get(call.site(), call.delivery());
    AttemptQuery query = AttemptQuery.all(call.site()).of(delivery.id());
    List<Attempt> log = new ArrayList<>();
    String cursor = null;
    do {
      PageRequest part = new PageRequest(PageRequest.MAX_LIMIT, cursor);
      Page<Attempt> page = deliveries.attempts(query.at(part));
      log.addAll(page.data());
      cursor = page.next();
    } while (cursor != null);
    Collections.reverse(log);
    return Reply.ok(DeliveryJson.withLog(delivery, log));
  }

  CompletableFuture<Reply> retry(Call call) {
    call.fields().check();
    return answered(acting(call).retry(call.site(), call.delivery()));
  }

  CompletableFuture<Reply> cancel(Call call) {
    call.fields().check();
    return answered(acting(call).cancel(call.site(), call.delivery()));
  }

  /** The log. */
  Reply attempts(Call call) {
    Query query = call.query();
    AttemptQuery asked =
        new AttemptQuery(
            call.site(),
            query.id("delivery", DeliveryId::parse),
            query.id("endpoint", EndpointId::parse),
            query.type(),
            query.word("outcome", OutcomeKind::ofWord, OUTCOME),
            query.number("statusCode", 100, 599),
            query.window(),
            query.page());
    query.check();
    Page<Attempt> page =
        query.isImpossible() ? new Page<>(List.of(), null) : deliveries.attempts(asked);
    return Reply.ok(Json.page(AttemptJson::write, page));
  }

  private Deliveries acting(Call call) {
    return webhooks.by(call.actor()).deliveries();
  }

  private static CompletableFuture<Reply> answered(CompletableFuture<Delivery> after) {
    return after.thenApply(delivery -> Reply.ok(Json.one(DeliveryJson::write, delivery)));
  }
}
