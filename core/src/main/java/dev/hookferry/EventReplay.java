package dev.hookferry;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.store.commit.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** One event that is sent again, or for the first time, to endpoints that somebody chose. */
final class EventReplay {
  /** How many endpoints can be chosen. */
  static final int MOST = 500;

  private final CoreServices parts;
  private final SiteId site;
  private final EventId id;
  private final List<EndpointId> chosen;

  EventReplay(CoreServices parts, SiteId site, EventId id, List<EndpointId> chosen) {
    this.parts = parts;
    this.site = site;
    this.id = id;
    this.chosen = List.copyOf(new LinkedHashSet<>(chosen));
  }

  CompletableFuture<List<Delivery>> run() {
    Events.Seen seen = new Events(parts).get(site, id);
    check(seen.event());
    Map<EndpointId, DeliveryId> known = new HashMap<>();
    seen.deliveries().forEach(delivery -> known.put(delivery.endpoint(), delivery.id()));
    List<CompletableFuture<Command.Kind>> asked = new ArrayList<>();
    List<EndpointId> fresh = chosen.stream().filter(e -> !known.containsKey(e)).toList();
    if (!fresh.isEmpty()) {
      asked.add(parts.shell().deliver(seen.event(), fresh));
    }
    known.keySet().retainAll(chosen);
    known.values().forEach(delivery -> asked.add(parts.shell().retry(site, delivery)));
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApplyAsync(
            unused -> {
              // What is older than the retention can go while it is looked at.
              if (asked.stream().anyMatch(kind -> kind.join() == Command.Kind.NOT_FOUND)) {
                throw new NotFoundException("event", id);
              }
              note(fresh);
              return ofTheChosen();
            },
            parts.blocking());
  }

  private void check(Event event) {
    Problems problems = new Problems();
    problems.require(
        !chosen.isEmpty() && chosen.size() <= MOST,
        "endpoints",
        "must name 1 to " + MOST + " endpoints");
    for (int i = 0; i < chosen.size(); i++) {
      Endpoint endpoint = parts.keeper().config().endpoints().get(chosen.get(i));
      problems.require(
          endpoint != null && endpoint.site().equals(site),
          "endpoints[" + i + "]",
          chosen.get(i) + " is no endpoint of this site, or no longer");
    }
    problems.throwIfAny();
    if (event.type().equals(EventType.TEST)) {
      throw new ConflictException(
          "a test belongs to the endpoint that it was sent to; send another test instead");
    }
  }

  private void note(List<EndpointId> fresh) {
    List<FieldChange> fields = new ArrayList<>();
    fields.add(new FieldChange("endpoints", null, text(chosen)));
    if (!fresh.isEmpty()) {
      fields.add(new FieldChange("firstTime", null, text(fresh)));
    }
    parts.notes().done(AuditAction.EVENT_REPLAYED, site, id.value(), fields);
  }

  private static String text(List<EndpointId> endpoints) {
    return endpoints.stream().map(EndpointId::toString).collect(Collectors.joining(", "));
  }

  private List<Delivery> ofTheChosen() {
    return new Events(parts)
        .get(site, id).deliveries().stream()
            .filter(delivery -> chosen.contains(delivery.endpoint()))
            .toList();
  }
}
