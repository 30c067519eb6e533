package dev.hookferry.query;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Query for deliveries.
 *
 * @param site whose
 * @param states in which states, of those that are stored (never {@code HELD})
 * @param endpoints to which endpoints
 * @param event of this event only, or null for all
 * @param type of this type only, or null for all
 * @param created when they came to be
 * @param page which part; ordered by id, newest first
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
    states = Set.copyOf(states);
  }

  /** All deliveries of a site. */
  public static DeliveryQuery all(SiteId site) {
    return new DeliveryQuery(
        site, STORED_STATES, EndpointScope.ALL, null, null, TimeWindow.ALL, PageRequest.FIRST);
  }

  /** The same about one event. */
  public DeliveryQuery of(EventId one) {
    return new DeliveryQuery(site, states, endpoints, one, type, created, page);
  }

  /** The same in other states. */
  public DeliveryQuery in(Set<DeliveryState> others) {
    return new DeliveryQuery(site, others, endpoints, event, type, created, page);
  }

  /** The same, another part. */
  public DeliveryQuery at(PageRequest part) {
    return new DeliveryQuery(site, states, endpoints, event, type, created, part);
  }
}
