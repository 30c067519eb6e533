package dev.hookferry.routing;

import java.util.Locale;

/**
 * Outcome of routing an event to an endpoint; if several reasons apply, the first in this order
 * wins.
 */
public enum RoutingOutcome {
  /** The event names the endpoints that get it, and this one is not among them. */
  NOT_ADDRESSED,
  /** The endpoint does not subscribe to the type of the event. */
  NOT_SUBSCRIBED,
  /** The event does not have all labels of the endpoint. */
  LABEL,
  /** The data of the event does not meet the endpoint's filter. */
  FILTER,
  /** The endpoint's URL needs routing values that the event does not have. */
  NOT_ROUTABLE,
  /**
   * A user paused the endpoint, or webHooksEnabled is off. A paused endpoint gets a delivery, which
   * is held. While webHooksEnabled is off, events make no deliveries; existing ones are held.
   */
  PAUSED,
  /** Hookferry disabled the endpoint: its delivery is held. */
  DISABLED,
  /** The endpoint has a delivery of the event. */
  DELIVERED,
  /**
   * The endpoint has no delivery, although it would get the event now: it was created, or its
   * settings were changed, after the event was accepted.
   */
  CHANGED_SINCE;

  /** Returns the lower-case name used in the API, such as {@code not_subscribed}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the display label, such as {@code not subscribed}; {@code routed} for {@link
   * #DELIVERED}, since the delivery may still be pending.
   */
  public String label() {
    return this == DELIVERED ? "routed" : code().replace('_', ' ');
  }

  /**
   * Returns whether an endpoint with this outcome gets a delivery, which may be held. While
   * webHooksEnabled is off, none gets one.
   */
  public boolean makesDelivery() {
    return this == DELIVERED || this == PAUSED || this == DISABLED;
  }
}
