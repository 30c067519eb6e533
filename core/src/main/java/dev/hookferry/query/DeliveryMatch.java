package dev.hookferry.query;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The criteria that a delivery must match; null and an empty set of types match any. */
record DeliveryMatch(
    Set<DeliveryState> states,
    EndpointScope endpoints,
    EndpointScope pendingEndpoints,
    @Nullable EventId event,
    Set<EventType> types,
    @Nullable Integer statusCode) {
  static final Set<DeliveryState> ALL_STATES = Set.copyOf(EnumSet.allOf(DeliveryState.class));

  static final DeliveryMatch ANY =
      new DeliveryMatch(ALL_STATES, EndpointScope.ALL, EndpointScope.ALL, null, Set.of(), null);

  boolean holds(Delivery delivery) {
    return states.contains(delivery.state())
        && (event == null || event.equals(delivery.event()))
        && (types.isEmpty() || types.contains(delivery.type()))
        && endpoints.contains(delivery.endpoint())
        && (delivery.state() != DeliveryState.PENDING
            || pendingEndpoints.contains(delivery.endpoint()));
  }
}
