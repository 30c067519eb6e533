package dev.hookferry.observe;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Explanation of why a delivery has not ended yet, or how it ended. Immutable.
 *
 * @param text a human-readable phrase; never empty
 * @param nextAttemptAt when its next attempt is expected, never in the past; null if no time is
 *     known: it is due now, held, isolated, blocked, waits for its turn, or has ended
 */
public record DeliveryReason(String text, @Nullable Instant nextAttemptAt) {
  private static final String FIRST = "scheduled";
  private static final String RETRY = "retry scheduled";
  private static final String DUE = "due now";
  private static final String LIMIT = "waits for the limit of ";
  private static final String ISOLATED = "isolated after two crashes; will be sent alone";
  private static final String REMEDY = "; retry or skip it";

  public DeliveryReason {
    Objects.requireNonNull(text, "text");
  }

  /**
   * Returns whether only the schedule explains why it waits, or it is due with nothing in its way.
   */
  public boolean isExplainedByTime() {
    return text.equals(FIRST) || text.equals(RETRY) || text.equals(DUE);
  }

  /** Returns whether its next attempt is due, even if other deliveries are sent first. */
  public boolean isDueNow() {
    return text.startsWith(DUE);
  }

  /** Returns whether its next attempt is due but held back by the rate limit of its endpoint. */
  public boolean isRateLimited() {
    return text.startsWith(LIMIT);
  }

  /**
   * Returns whether it waits because its endpoint is backing off after failures: the next attempt
   * is a probe, possibly of another delivery.
   */
  public boolean isBackingOff() {
    return text.startsWith(EndpointHealth.BACKING_OFF_UNTIL);
  }

  /** Returns whether it waits because attempts fail inside Hookferry, not at the receiver. */
  public boolean isOwnFault() {
    return text.startsWith(EndpointHealth.OWN_FAULT);
  }

  /** Returns whether it is isolated because it was in flight during two crashes of the process. */
  public boolean isIsolated() {
    return text.equals(ISOLATED);
  }

  /** Returns the phrase without advice, for places that offer the action itself. */
  public String withoutRemedy() {
    return text.endsWith(REMEDY) ? text.substring(0, text.length() - REMEDY.length()) : text;
  }

  /** Returns the reason for a delivery to an endpoint with this health. */
  public static DeliveryReason of(Delivery delivery, EndpointHealth health, Instant now) {
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(health, "health");
    Objects.requireNonNull(now, "now");
    return switch (delivery.state()) {
      case PENDING, HELD -> pending(delivery, health, now);
      case WAITING, BLOCKED -> ordered(delivery);
      case DELIVERED, EXHAUSTED, CANCELLED, POISONED -> ended(delivery);
    };
  }

  /** Returns the reason for a pending delivery that was in flight during two crashes. */
  public static DeliveryReason isolated() {
    return new DeliveryReason(ISOLATED, null);
  }

  private static DeliveryReason pending(Delivery delivery, EndpointHealth health, Instant now) {
    if (health.isHeld()) {
      boolean disabled = health.state() == EndpointHealth.State.DISABLED;
      String on = disabled ? "on hold: endpoint " : "on hold: ";
      return new DeliveryReason(on + health.reason(), null);
    }
    Instant due = delivery.dueAt();
    if (health.ownFault() != null) {
      return new DeliveryReason(health.reason(), due.isAfter(now) ? due : null);
    }
    Instant until = health.until();
    if (until != null && until.isAfter(now) && !due.isAfter(until)) {
      return new DeliveryReason(health.reason(), until);
    }
    if (due.isAfter(now)) {
      return new DeliveryReason(delivery.attempts() == 0 ? FIRST : RETRY, due);
    }
    return new DeliveryReason(due(health), null);
  }

  private static String due(EndpointHealth health) {
    if (health.isProbed()) {
      return DUE + ", one at a time after " + EndpointHealth.consecutive(health.failures());
    }
    boolean isLimited = health.state() == EndpointHealth.State.RATE_LIMITED;
    String rate = health.reason().replaceFirst("^limited to ", "");
    return !isLimited ? DUE : rate.equals(health.reason()) ? DUE + ", " + rate : LIMIT + rate;
  }

  private static DeliveryReason ended(Delivery delivery) {
    return new DeliveryReason(
        switch (delivery.state()) {
          case DELIVERED -> "delivered";
          case EXHAUSTED -> "given up: no retries left";
          case POISONED -> "given up: it crashed the process or failed inside Hookferry repeatedly";
          case CANCELLED -> "cancelled";
          case PENDING, HELD, WAITING, BLOCKED ->
              throw new IllegalArgumentException(delivery + " has not ended");
        },
        null);
  }

  /** Returns the reason for a delivery that waits behind its ordering key or blocks it. */
  private static DeliveryReason ordered(Delivery delivery) {
    String key = " " + delivery.orderingKey();
    return delivery.state() == DeliveryState.BLOCKED
        ? new DeliveryReason("blocks its ordering key" + key + ": no retries left" + REMEDY, null)
        : new DeliveryReason("waits behind an earlier event with ordering key" + key, null);
  }

  /** Returns the reason for a delivery whose endpoint no longer exists. */
  public static DeliveryReason withoutEndpoint(Delivery delivery) {
    Objects.requireNonNull(delivery, "delivery");
    return delivery.state().isFinal()
        ? ended(delivery)
        : new DeliveryReason("endpoint removed: about to be cancelled", null);
  }
}
