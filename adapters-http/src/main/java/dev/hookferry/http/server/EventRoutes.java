package dev.hookferry.http.server;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventId;
import dev.hookferry.port.EventQuery;
import dev.hookferry.port.Page;
import java.util.List;

/** Looking at events. */
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
}
