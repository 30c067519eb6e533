package dev.hookferry.observe;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * State of an endpoint in one word, and the reason in one sentence: the only source of both for the
 * API, the command line and the console. Immutable.
 *
 * @param kind the state
 * @param reason why, such as {@code backing off until 17:01:00 UTC after 45 consecutive failures};
 *     empty while working
 * @param until when sending resumes automatically; null if sending is not blocked or only a user
 *     can resume it
 */
public record EndpointState(Kind kind, String reason, @Nullable Instant until) {
  /** Fewer consecutive failures than this are normal operation; the engine backs off at 10. */
  public static final int FAILING_AFTER = 3;

  private static final String OURS = "attempts fail on our side: ";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  public EndpointState {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reason, "reason");
  }

  /** State of an endpoint. */
  public enum Kind {
    /** Deliveries go out. */
    WORKING,
    /** Nothing is sent for a while, after many consecutive failures. */
    BACKING_OFF,
    /** Attempts have failed several times in a row, or fail on our side before they are sent. */
    FAILING,
    /** Nothing is sent for a while, because of a 429, 502, 503 or 504, or a Retry-After. */
    RATE_LIMITED,
    /** Deliveries are held: a person paused the endpoint, or webHooksEnabled is off. */
    PAUSED,
    /** Deliveries are held: Hookferry disabled the endpoint. */
    DISABLED;

    /** Returns the lower-case name used in the API, such as {@code backing_off}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the label for people, such as {@code backing off}. */
    public String label() {
      return code().replace('_', ' ');
    }
  }

  /**
   * Derives the state.
   *
   * @param sends the site's webHooksEnabled
   * @param health as this node sees it now
   */
  public static EndpointState of(Endpoint endpoint, boolean sends, EndpointHealth health) {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(health, "health");
    EndpointStatus standing = endpoint.status();
    if (standing.reason() != null) {
      return new EndpointState(Kind.DISABLED, "disabled: " + standing.reason(), null);
    }
    if (!standing.enabled()) {
      return new EndpointState(Kind.PAUSED, "endpoint paused", null);
    }
    if (!sends) {
      return new EndpointState(Kind.PAUSED, "webHooksEnabled is off for this site", null);
    }
    return of(health);
  }

  /**
   * Returns the state of every endpoint on a node with delivery switched off.
   *
   * @param why such as {@code noDelivery is set}
   */
  public static EndpointState deliveryOff(String why) {
    Objects.requireNonNull(why, "why");
    return new EndpointState(Kind.PAUSED, "delivery is off on this node: " + why, null);
  }

  private static EndpointState of(EndpointHealth health) {
    if (health.ownFault() != null) {
      return new EndpointState(Kind.FAILING, OURS + health.ownFault().reason(), null);
    }
    Instant until = health.restsUntil();
    String failures = health.failures() + " consecutive failures";
    if (health.state() == EndpointHealth.State.GONE) {
      return new EndpointState(Kind.DISABLED, "disabled: the receiver answered 410 Gone", null);
    }
    if (until != null && health.state() == EndpointHealth.State.FAILING) {
      return new EndpointState(
          Kind.BACKING_OFF,
          "backing off until " + TIME.format(until) + " after " + failures,
          until);
    }
    if (until != null) {
      return new EndpointState(
          Kind.RATE_LIMITED,
          "rate limited until " + TIME.format(until) + " because of its last response",
          until);
    }
    return health.failures() >= FAILING_AFTER
        ? new EndpointState(Kind.FAILING, failures, null)
        : new EndpointState(Kind.WORKING, "", null);
  }

  /** Returns whether sending is blocked until a user acts. */
  public boolean isHeld() {
    return kind == Kind.PAUSED || kind == Kind.DISABLED;
  }

  /** Returns whether sending is blocked now. */
  public boolean isOnHold() {
    return isHeld() || until != null;
  }

  /** Returns why a delivery to this endpoint has not ended, or how it ended; never empty. */
  public DeliveryReason reasonFor(Delivery delivery, Instant now) {
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(now, "now");
    return switch (delivery.state()) {
      case PENDING, HELD -> pending(delivery, now);
      case DELIVERED, EXHAUSTED, CANCELLED, POISONED -> DeliveryReason.ended(delivery);
    };
  }

  private DeliveryReason pending(Delivery delivery, Instant now) {
    if (isHeld()) {
      String what = kind == Kind.DISABLED ? "endpoint " : "";
      return new DeliveryReason("on hold: " + what + reason, null);
    }
    Instant due = delivery.dueAt();
    if (reason.startsWith(OURS)) {
      return new DeliveryReason(reason, due.isAfter(now) ? due : null);
    }
    if (until != null && until.isAfter(now) && !due.isAfter(until)) {
      return new DeliveryReason(reason, until);
    }
    if (due.isAfter(now)) {
      String next = delivery.attempts() == 0 ? "first attempt scheduled" : "retry scheduled";
      return new DeliveryReason(next, due);
    }
    return new DeliveryReason(
        kind == Kind.FAILING ? "due now, one at a time after " + reason : "due now", null);
  }
}
