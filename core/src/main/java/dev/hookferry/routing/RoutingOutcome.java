package dev.hookferry.routing;

import java.util.Locale;

/**
 * Outcome of routing an event to an endpoint. If several reasons apply, the first in declaration
 * order wins.
 */
public enum RoutingOutcome {
  /** The event is addressed to specific endpoints, and this one is not among them. */
  NOT_ADDRESSED,
  /** The endpoint does not subscribe to the event's type. */
  NOT_SUBSCRIBED,
  /** The event lacks one of the endpoint's labels. */
  LABEL,
  /** The event's data does not meet the endpoint's filter. */
  FILTER,
  /** The endpoint's URL needs routing values that the event does not have. */
  NOT_ROUTABLE,
  /**
   * A user paused the endpoint, or webHooksEnabled is off. For a paused endpoint, a delivery is
   * created and held. While webHooksEnabled is off, no deliveries are created, and existing ones
   * are held.
   */
  PAUSED,
  /** Hookferry disabled the endpoint, and its delivery is held. */
  DISABLED,
  /** The endpoint has a delivery of the event. */
  DELIVERED,
  /**
   * The endpoint has no delivery, although the event would be routed to it now. The endpoint was
   * created or changed after the event was accepted.
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
   * Returns whether a delivery, possibly held, is created for this outcome. None is created while
   * webHooksEnabled is off.
   */
  public boolean makesDelivery() {
    return this == DELIVERED || this == PAUSED || this == DISABLED;
  }
}
