package dev.hookferry.http.api;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.event.Event;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.QueryParameters;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls that read and resend events. */
final class EventRoutes {
  private final Webhooks webhooks;
  private final DeliveryJson deliveries;

  EventRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
    deliveries = new DeliveryJson(webhooks.deliveries());
  }

  /** Lists the events of a site, newest first. */
  HttpReply list(Call call) {
    QueryParameters query = call.query();
    EventQuery asked =
        EventQuery.ofSite(call.site())
            .type(query.type())
            .accepted(query.window())
            .page(query.page());
    query.check();
    Page<Event> page =
        query.isImpossible() ? new Page<>(List.of(), null) : webhooks.events().list(asked);
    return HttpReply.ok(JsonOutput.page(EventJson.EVENT, page));
  }

  /** Returns an event with its payload and deliveries. */
  HttpReply get(Call call) {
    Events.Seen seen = webhooks.events().get(call.site(), call.id("event", EventId::new));
    return HttpReply.ok(json -> EventJson.write(json, seen, deliveries));
  }

  /** Resends an event to the given endpoints, whether they had it before or not. */
  CompletableFuture<HttpReply> replay(Call call) {
    RequestFields fields = call.fields("endpoints");
    fields.problems().require(!fields.isNull("endpoints"), "endpoints", "must be an array of ids");
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
        .actingAs(call.actor())
        .events()
        .replay(call.site(), event, endpoints)
        .thenApply(again -> HttpReply.ok(EventJson.replayed(event, again, deliveries)));
  }
}
