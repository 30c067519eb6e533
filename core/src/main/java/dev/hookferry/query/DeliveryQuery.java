package dev.hookferry.query;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Query for deliveries.
 *
 * @param site the site to search
 * @param states the stored states to match (never {@code HELD})
 * @param endpoints the endpoints to match
 * @param event only deliveries of this event; null for all
 * @param type only deliveries of this event type; null for all
 * @param created when they were created
 * @param page the page; ordered by id, newest first
 */
public record DeliveryQuery(
    SiteId site,
    Set<DeliveryState> states,
    EndpointScope endpoints,
    @Nullable EventId event,
    @Nullable EventType type,
    TimeWindow created,
    PageRequest page) {
  /** All states that are stored. */
  public static final Set<DeliveryState> STORED_STATES =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(DeliveryState.HELD)));

  public DeliveryQuery {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(states, "states");
    Objects.requireNonNull(endpoints, "endpoints");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(page, "page");
    states = Set.copyOf(states);
  }

  /** Returns a query for all deliveries of a site. */
  public static DeliveryQuery ofSite(SiteId site) {
    return new DeliveryQuery(
        site, STORED_STATES, EndpointScope.ALL, null, null, TimeWindow.ALL, PageRequest.FIRST);
  }

  /** Returns a copy restricted to one event. */
  public DeliveryQuery withEvent(EventId one) {
    Objects.requireNonNull(one, "one");
    return new DeliveryQuery(site, states, endpoints, one, type, created, page);
  }

  /** Returns a copy with other states. */
  public DeliveryQuery withStates(Set<DeliveryState> others) {
    Objects.requireNonNull(others, "others");
    return new DeliveryQuery(site, others, endpoints, event, type, created, page);
  }

  /** Returns a copy for another page. */
  public DeliveryQuery withPage(PageRequest part) {
    Objects.requireNonNull(part, "part");
    return new DeliveryQuery(site, states, endpoints, event, type, created, part);
  }
}
