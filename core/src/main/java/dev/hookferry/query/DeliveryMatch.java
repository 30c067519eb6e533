package dev.hookferry.query;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Criteria that a delivery must match; null matches any. */
record DeliveryMatch(
    Set<DeliveryState> states,
    EndpointScope endpoints,
    EndpointScope pendingEndpoints,
    @Nullable EventId event,
    Types types,
    @Nullable Integer statusCode,
    @Nullable Integer statusClass) {
  static final Set<DeliveryState> ALL_STATES = Set.copyOf(EnumSet.allOf(DeliveryState.class));

  static final DeliveryMatch ANY =
      new DeliveryMatch(
          ALL_STATES, EndpointScope.ALL, EndpointScope.ALL, null, Types.ALL, null, null);

  /**
   * Criteria for the event type.
   *
   * @param any the types that match
   * @param excluded types that never match
   * @param pattern a pattern that the type must also match; null for none
   */
  record Types(TypeScope any, Set<EventType> excluded, @Nullable EventTypeFilter pattern) {
    static final Types ALL = new Types(TypeScope.ALL, Set.of(), null);

    Types among(TypeScope only) {
      return new Types(only, excluded, pattern);
    }

    Types without(Set<EventType> some) {
      Set<EventType> all = new HashSet<>(excluded);
      all.addAll(some);
      return new Types(any, Set.copyOf(all), pattern);
    }

    Types matching(@Nullable EventTypeFilter only) {
      return new Types(any, excluded, only);
    }

    boolean contains(EventType type) {
      return any.contains(type)
          && !excluded.contains(type)
          && (pattern == null || pattern.matches(type));
    }
  }

  DeliveryMatch withStates(Set<DeliveryState> any) {
    return new DeliveryMatch(
        any, endpoints, pendingEndpoints, event, types, statusCode, statusClass);
  }

  DeliveryMatch withEndpoints(EndpointScope scope) {
    return new DeliveryMatch(
        states, scope, pendingEndpoints, event, types, statusCode, statusClass);
  }

  DeliveryMatch withPendingEndpoints(EndpointScope scope) {
    return new DeliveryMatch(states, endpoints, scope, event, types, statusCode, statusClass);
  }

  DeliveryMatch withEvent(@Nullable EventId only) {
    return new DeliveryMatch(
        states, endpoints, pendingEndpoints, only, types, statusCode, statusClass);
  }

  DeliveryMatch withTypes(Types types) {
    return new DeliveryMatch(
        states, endpoints, pendingEndpoints, event, types, statusCode, statusClass);
  }

  DeliveryMatch withStatus(@Nullable Integer code, @Nullable Integer ofClass) {
    return new DeliveryMatch(states, endpoints, pendingEndpoints, event, types, code, ofClass);
  }

  boolean holds(Delivery delivery) {
    return states.contains(delivery.state())
        && (event == null || event.equals(delivery.event()))
        && types.contains(delivery.type())
        && endpoints.contains(delivery.endpoint())
        && (delivery.state() != DeliveryState.PENDING
            || pendingEndpoints.contains(delivery.endpoint()));
  }
}
