package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.observe.DeliveryReason;
import java.time.Instant;

/**
 * A waiting delivery in a list.
 *
 * @param delivery the delivery as in other lists
 * @param until expected time of the next attempt
 * @param reason how the last attempt failed, and why the next one is not made yet, unless its time
 *     says that
 */
public record WaitingRow(DeliveryRow delivery, DisplayTime until, String reason) {
  static WaitingRow of(Delivery delivery, LastAttempts last, EndpointList targets, Instant now) {
    return new WaitingRow(
        DeliveryRow.of(delivery, targets, now),
        until(delivery, targets.reason(delivery), now),
        shortly(delivery, last, targets));
  }

  /** Returns the expected time of the next attempt; none unless it is pending. */
  public static DisplayTime until(Delivery delivery, DeliveryReason reason, Instant now) {
    if (delivery.state() != DeliveryState.PENDING) {
      return DisplayTime.NONE;
    }
    Instant next = reason.nextAttemptAt();
    return DisplayTime.due(next == null ? delivery.dueAt() : next, now);
  }

  private static String shortly(Delivery delivery, LastAttempts last, EndpointList targets) {
    String failure = last.failure(delivery);
    DeliveryReason reason = targets.reason(delivery);
    if (reason.isToldByTime()) {
      return failure.isEmpty() ? "not sent yet" : failure;
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
