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

/** The criteria that a delivery must match; null and an empty set of types match any. */
record DeliveryMatch(
    Set<DeliveryState> states,
    EndpointScope endpoints,
    EndpointScope pendingEndpoints,
    @Nullable EventId event,
    Set<EventType> types,
    Set<EventType> excluded,
    @Nullable EventTypeFilter typePattern,
    @Nullable Integer statusCode,
    @Nullable Integer statusClass) {
  static final Set<DeliveryState> ALL_STATES = Set.copyOf(EnumSet.allOf(DeliveryState.class));

  static final DeliveryMatch ANY =
      new DeliveryMatch(
          ALL_STATES,
          EndpointScope.ALL,
          EndpointScope.ALL,
          null,
          Set.of(),
          Set.of(),
          null,
          null,
          null);

  DeliveryMatch withStates(Set<DeliveryState> any) {
    return new DeliveryMatch(
        any,
        endpoints,
        pendingEndpoints,
        event,
        types,
        excluded,
        typePattern,
        statusCode,
        statusClass);
  }

  DeliveryMatch withEndpoints(EndpointScope scope) {
    return new DeliveryMatch(
        states,
        scope,
        pendingEndpoints,
        event,
        types,
        excluded,
        typePattern,
        statusCode,
        statusClass);
  }

  DeliveryMatch withPendingEndpoints(EndpointScope scope) {
    return new DeliveryMatch(
        states, endpoints, scope, event, types, excluded, typePattern, statusCode, statusClass);
  }

  DeliveryMatch withEvent(@Nullable EventId only) {
    return new DeliveryMatch(
        states,
        endpoints,
        pendingEndpoints,
        only,
        types,
        excluded,
        typePattern,
        statusCode,
        statusClass);
  }

  DeliveryMatch withTypes(Set<EventType> any, @Nullable EventTypeFilter pattern) {
    return new DeliveryMatch(
        states,
        endpoints,
        pendingEndpoints,
        event,
        any,
        excluded,
        pattern,
        statusCode,
        statusClass);
  }

  DeliveryMatch withoutTypes(Set<EventType> some) {
    Set<EventType> all = new HashSet<>(excluded);
    all.addAll(some);
    return new DeliveryMatch(
        states,
        endpoints,
        pendingEndpoints,
        event,
        types,
        Set.copyOf(all),
        typePattern,
        statusCode,
        statusClass);
  }

  DeliveryMatch withStatus(@Nullable Integer code, @Nullable Integer ofClass) {
    return new DeliveryMatch(
        states, endpoints, pendingEndpoints, event, types, excluded, typePattern, code, ofClass);
  }

  boolean holds(Delivery delivery) {
    return states.contains(delivery.state())
        && (event == null || event.equals(delivery.event()))
        && (types.isEmpty() || types.contains(delivery.type()))
        && !excluded.contains(delivery.type())
        && (typePattern == null || typePattern.matches(delivery.type()))
        && endpoints.contains(delivery.endpoint())
        && (delivery.state() != DeliveryState.PENDING
            || pendingEndpoints.contains(delivery.endpoint()));
  }
}
