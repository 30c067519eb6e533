package dev.hookferry.http.server;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventId;
import dev.hookferry.port.EventQuery;
import dev.hookferry.port.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Looking at events, and sending one again. */
final class EventRoutes {
  private final Webhooks webhooks;

  EventRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** A site's events. */
  Reply list(Call call) {
    Query query = call.query();
    EventQuery asked = new EventQuery(call.site(), query.type(), query.window(), query.page());
    query.check();
    Page<Event> page =
        query.isImpossible() ? new Page<>(List.of(), null) : webhooks.events().list(asked);
    return Reply.ok(Json.page(EventJson::write, page));
  }

  /** One event with its payload and deliveries. */
  Reply get(Call call) {
    Events.Seen seen = webhooks.events().get(call.site(), call.id("event", EventId::new));
    return Reply.ok(Json.one(EventJson::write, seen));
  }

  /** Sends one again, or for the first time, to endpoints that are named. */
  CompletableFuture<Reply> replay(Call call) {
    Fields fields = call.fields("endpoints");
    fields.problems().require(!fields.isNull("endpoints"), "endpoints", "must be a list of ids");
    List<String> named = fields.texts("endpoints");
    List<EndpointId> endpoints = new ArrayList<>();
    for (int i = 0; named != null && i < named.size(); i++) {
      String id = named.get(i);
      EndpointId endpoint =
          fields.problems().collect("endpoints[" + i + "]", () -> EndpointId.parse(id));
      if (endpoint != null) {
        endpoints.add(endpoint);
      }
    }
    fields.check();
    EventId event = call.id("event", EventId::new);
    return webhooks
        .by(call.actor())
        .events()
        .replay(call.site(), event, endpoints)
        .thenApply(deliveries -> Reply.ok(json -> EventJson.replayed(json, event, deliveries)));
  }
}
