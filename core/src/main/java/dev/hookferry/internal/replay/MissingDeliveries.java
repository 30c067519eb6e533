package dev.hookferry.internal.replay;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.routing.RoutingRule;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.filter.Filter;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.order.OrderedRescheduler;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.replay.ReplayWindow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that an endpoint lacks: those it would have if it had always been configured as it
 * is now. A delivery id is derived from the event id, so it is the same every time. Blocks.
 */
final class MissingDeliveries {
  private final CoreServices services;
  private final SiteId site;
  private final EndpointId endpoint;
  private final ReplayWindow window;

  MissingDeliveries(CoreServices services, SiteId site, EndpointId endpoint, ReplayWindow window) {
    this.services = services;
    this.site = site;
    this.endpoint = endpoint;
    this.window = window;
  }

  /** Returns those of a page of events, newest first; may be empty even if more follow. */
  Page<Delivery> page(TimeWindow accepted, @Nullable String cursor) {
    Page<Event> events =
        services
            .store()
            .log()
            .events(
                EventQuery.ofSite(site)
                    .types(window.types())
                    .fields(window.fields())
                    .accepted(accepted)
                    .page(PageRequest.of(PageRequest.MAX_LIMIT).after(cursor)));
    Endpoint current = services.configHolder().config().endpoints().get(endpoint);
    if (current == null) {
      return new Page<>(List.of(), events.next());
    }
    Instant now = services.clock().instant();
    List<Event> wanted =
        events.data().stream()
            // A scheduled event must not be sent before its time.
            .filter(event -> !event.dueAt().isAfter(now) && isFor(current, event))
            .toList();
    Set<EventId> got = wanted.isEmpty() ? Set.of() : got(wanted);
    return new Page<>(
        wanted.stream()
            .filter(event -> !got.contains(event.id()))
            .map(event -> Delivery.of(idFor(event), event, endpoint))
            .toList(),
        events.next());
  }

  private static boolean isFor(Endpoint endpoint, Event event) {
    // Reads the event's data only if the other rules match.
    Filter filter = endpoint.filter();
    return RoutingRule.of(endpoint, event, true).makesDelivery()
        && (filter == null || filter.matches(Envelope.dataOf(event)));
  }

  /**
   * Returns the events for which the endpoint has deliveries, from the period of the given ones.
   */
  private Set<EventId> got(List<Event> newestFirst) {
    TimeWindow created =
        TimeWindow.ALL
            .since(newestFirst.get(newestFirst.size() - 1).acceptedAt())
            .until(newestFirst.get(0).acceptedAt().plusMillis(1));
    Set<EventId> got = new HashSet<>();
    String cursor = null;
    do {
      Page<Delivery> page =
          services
              .store()
              .log()
              .deliveries(
                  DeliveryQuery.ofSite(site)
                      .endpoint(endpoint)
                      .created(created)
                      .limit(PageRequest.MAX_LIMIT)
                      .after(cursor));
      page.data().forEach(delivery -> got.add(delivery.event()));
      cursor = page.next();
    } while (cursor != null);
    return got;
  }

  private static DeliveryId idFor(Event event) {
    return new DeliveryId(
        UUID.nameUUIDFromBytes(event.id().value().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Creates the delivery, unless it exists by now or the event was deleted.
   *
   * @return false if it exists
   */
  boolean send(Delivery missing, OrderedRescheduler rescheduler) {
    DeliveryQuery existing =
        DeliveryQuery.ofSite(site).event(missing.event()).endpoint(endpoint).limit(1);
    if (!services.store().log().deliveries(existing).data().isEmpty()) {
      return false;
    }
    Optional<Event> event = services.store().log().event(site, missing.event());
    event.ifPresentOrElse(present -> rescheduler.addNew(present, endpoint), rescheduler::skip);
    return true;
  }
}
