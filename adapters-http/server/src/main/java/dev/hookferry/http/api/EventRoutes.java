package dev.hookferry.http.api;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.event.Event;
import dev.hookferry.http.resource.EventJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.QueryParameters;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls that read and resend events. */
final class EventRoutes {
  private final Webhooks webhooks;

  EventRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Lists the events of a site, newest first. */
  HttpReply list(Call call) {
    QueryParameters query = call.query();
    EventQuery asked =
        EventQuery.ofSite(call.site())
            .types(query.types())
            .labels(query.labels())
            .fields(query.fields())
            .accepted(query.window())
            .page(query.page());
    query.check();
    Page<Event> page =
        query.isImpossible() ? new Page<>(List.of(), null) : webhooks.events().list(asked);
    Instant missed = webhooks.events().notIndexedBefore(asked).orElse(null);
    return HttpReply.ok(JsonOutput.one(EventJson.PAGE, new EventJson.Listed(page, missed)));
  }

  /** Returns an event with its payload and deliveries. */
  HttpReply get(Call call) {
    Events.Details details = webhooks.events().get(call.site(), call.id("event", EventId::new));
    return HttpReply.ok(
        JsonOutput.one(
            EventJson.WITH_DELIVERIES, EventJson.Whole.of(webhooks.deliveries(), details)));
  }

  /** Resends an event to the given endpoints, whether or not they have received it before. */
  CompletableFuture<HttpReply> replay(Call call) {
    RequestFields fields = call.fields(EventJson.REPLAY.names().toArray(String[]::new));
    fields.problems().require(!fields.isNull("endpoints"), "endpoints", "must be an array of ids");
    List<String> named = EventJson.REPLAY.read(fields).get(EventJson.ENDPOINTS);
    List<EndpointId> endpoints = new ArrayList<>();
    for (int i = 0; named != null && i < named.size(); i++) {
      String id = named.get(i);
      EndpointId endpoint =
          fields
              .problems()
              .collect("endpoints[" + i + "]", () -> webhooks.endpoints().id(call.site(), id));
      if (endpoint != null) {
        endpoints.add(endpoint);
      }
    }
    fields.check();
    EventId event = call.id("event", EventId::new);
    return webhooks
        .actingAs(call.actor())
        .events()
        .resend(call.site(), event, endpoints)
        .thenApply(again -> EventJson.Resent.of(webhooks.deliveries(), event, again))
        .thenApply(resent -> HttpReply.ok(JsonOutput.one(EventJson.RESENT, resent)));
  }
}
