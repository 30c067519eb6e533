package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.list.EndpointConditions;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.observe.DeliveryReason;
import java.time.Instant;

/**
 * A waiting delivery in a list.
 *
 * @param delivery the delivery as in other lists
 * @param until expected time of the next attempt; none if it is not known
 * @param hold what the next attempt waits for if its endpoint decides that, to follow the time;
 *     empty otherwise
 * @param reason how the last attempt failed, and why the next one is not made yet, unless its time
 *     or the condition of its endpoint says that
 */
public record WaitingRow(DeliveryRow delivery, DisplayTime until, String hold, String reason) {
  private static final String BACKING_OFF = "backing off until";

  static WaitingRow of(Delivery delivery, LastAttempts last, EndpointList targets, Instant now) {
    DeliveryReason reason = targets.reason(delivery);
    boolean isOfEndpoint = EndpointConditions.isOfEndpoint(delivery, reason);
    DisplayTime until = until(delivery, reason, isOfEndpoint, now);
    boolean isHeldUp = isOfEndpoint && delivery.state() == DeliveryState.PENDING;
    return new WaitingRow(
        DeliveryRow.of(delivery, targets, now),
        until,
        isHeldUp ? hold(reason, !until.machine().isEmpty()) : "",
        shortly(delivery, last.failure(delivery), reason));
  }

  /**
   * Returns what holds up the next attempt, to follow its time.
   *
   * @param isTimed whether that time is known
   */
  static String hold(DeliveryReason reason, boolean isTimed) {
    if (reason.isRateLimited()) {
      return isTimed ? "rate limited" : "when the rate limit allows";
    }
    return reason.text().startsWith(BACKING_OFF) ? "endpoint failing" : "";
  }

  private static DisplayTime until(
      Delivery delivery, DeliveryReason reason, boolean isOfEndpoint, Instant now) {
    return isOfEndpoint && reason.nextAttemptAt() == null
        ? DisplayTime.NONE
        : until(delivery, reason, now);
  }

  /** Returns whether it is known when or after what the next attempt is made. */
  public boolean hasTime() {
    return !until.machine().isEmpty() || !hold.isEmpty();
  }

  /** Returns the expected time of the next attempt; none unless it is pending. */
  public static DisplayTime until(Delivery delivery, DeliveryReason reason, Instant now) {
    if (delivery.state() != DeliveryState.PENDING) {
      return DisplayTime.NONE;
    }
    Instant next = reason.nextAttemptAt();
    return DisplayTime.due(next == null ? delivery.dueAt() : next, now);
  }

  private static String shortly(Delivery delivery, String failure, DeliveryReason reason) {
    if (reason.isToldByTime() || EndpointConditions.isOfEndpoint(delivery, reason)) {
      return failure.isEmpty() && delivery.attempts() == 0 ? "not sent yet" : failure;
    }
    String why = FieldErrors.sentence(reason.text());
    return failure.isEmpty() ? why : FieldErrors.sentence(failure) + " " + why;
  }

  /** Returns why a delivery has not been delivered yet, with advice. */
  public static String reason(Delivery delivery, LastAttempts last, EndpointList targets) {
    String reason = FieldErrors.sentence(targets.reason(delivery).text());
    String error = last.error(delivery);
    return error.isEmpty() ? reason : reason + " Last attempt: " + error;
  }
}
