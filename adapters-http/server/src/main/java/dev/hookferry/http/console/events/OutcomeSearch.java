package dev.hookferry.http.console.events;

import dev.hookferry.Events;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.NotFoundException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events with a delivery in one of the given statuses, newest deliveries first.
 *
 * @param events the events of one page of deliveries, without duplicates
 * @param states the deliveries of each event by state
 * @param next cursor of the next page, or null on the last
 */
record OutcomeSearch(
    List<Event> events, Map<EventId, Map<DeliveryState, Integer>> states, @Nullable String next) {
  /**
   * Reads a page of deliveries, and the event of each.
   *
   * @param deliveries the statuses, types, period and page
   * @param asked additional conditions on the events
   */
  static OutcomeSearch of(Webhooks webhooks, DeliveryQuery deliveries, EventQuery asked) {
    Page<Delivery> page = webhooks.deliveries().list(deliveries);
    List<Event> events = new ArrayList<>();
    Map<EventId, Map<DeliveryState, Integer>> states = new LinkedHashMap<>();
    for (EventId id : page.data().stream().map(Delivery::event).distinct().toList()) {
      Events.Details details = find(webhooks, asked.site(), id);
      if (details != null && asked.matches(details.event())) {
        events.add(details.event());
        Map<DeliveryState, Integer> own = new EnumMap<>(DeliveryState.class);
        details.deliveries().forEach(one -> own.merge(one.state(), 1, Integer::sum));
        states.put(id, own);
      }
    }
    return new OutcomeSearch(events, states, page.next());
  }

  /** Returns an event with its deliveries; null if its retention period has ended. */
  private static Events.@Nullable Details find(Webhooks webhooks, SiteId site, EventId id) {
    try {
      return webhooks.events().get(site, id);
    } catch (NotFoundException e) {
      return null;
    }
  }
}
