package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.list.EndpointConditions;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.observe.DeliveryReason;
import java.time.Instant;
import java.util.List;

/**
 * A waiting delivery in a list.
 *
 * @param delivery the delivery as in other lists
 * @param until expected time of the next attempt; empty if unknown
 * @param lead text before the time that states what happens then; empty for an attempt of this
 *     delivery
 * @param hold what the next attempt waits for, if that depends on the endpoint; shown after the
 *     time or instead of it; empty otherwise
 * @param reason how the last attempt failed, and why the next one has not been made, unless its
 *     time or the condition of its endpoint explains that
 */
public record WaitingRow(
    DeliveryRow delivery, DisplayTime until, String lead, String hold, String reason) {
  /** Text before the time of the next request to an endpoint that receives one at a time. */
  static final String PROBE = "probe";

  private static final String ONE_AT_A_TIME = "one at a time";
  private static final String PAUSED_BY_RESPONSE = "rate limited until";
  private static final String REMOVED = "endpoint removed: ";

  /** Returns the rows of a page of deliveries. */
  static List<WaitingRow> all(
      List<Delivery> page, LastAttempts last, EndpointList targets, Instant now) {
    return page.stream().map(one -> of(one, last, targets, now)).toList();
  }

  static WaitingRow of(Delivery delivery, LastAttempts last, EndpointList targets, Instant now) {
    DeliveryReason reason = targets.reason(delivery);
    boolean waitsForEndpoint = EndpointConditions.waitsForEndpoint(delivery, reason);
    DisplayTime until = until(delivery, reason, waitsForEndpoint, now);
    boolean isHeldUp = waitsForEndpoint && delivery.state() == DeliveryState.PENDING;
    boolean isTimed = !until.machine().isEmpty();
    return new WaitingRow(
        DeliveryRow.of(delivery, targets, now),
        until,
        isHeldUp && isTimed ? lead(reason) : "",
        isHeldUp ? hold(reason, isTimed) : "",
        shortly(delivery, last.failure(delivery), reason));
  }

  /** Returns the text before the time. An endpoint that is backing off receives a probe then. */
  static String lead(DeliveryReason reason) {
    return reason.isBackingOff() ? PROBE : "";
  }

  /**
   * Returns why the next attempt is delayed, to be shown after its time or instead of it.
   *
   * @param isTimed whether the time is known; if not, the result is not empty
   */
  static String hold(DeliveryReason reason, boolean isTimed) {
    String text = reason.text();
    if (isTimed) {
      boolean isLimited = reason.isRateLimited() || text.startsWith(PAUSED_BY_RESPONSE);
      return isLimited ? "rate limited" : "";
    }
    if (text.startsWith(REMOVED)) {
      return text.substring(REMOVED.length());
    }
    if (reason.isOwnFault()) {
      return "once this server can send";
    }
    boolean isProbed = text.contains(ONE_AT_A_TIME) || reason.isBackingOff();
    return isProbed ? "after the probe" : "when the rate limit allows";
  }

  /** Returns what a delivery that waits for its endpoint waits for, in a few words. */
  public static String why(Delivery delivery, DeliveryReason reason) {
    if (delivery.state() == DeliveryState.HELD) {
      return reason.text().replaceFirst("^on hold: ", "");
    }
    Instant next = reason.nextAttemptAt();
    String hold = hold(reason, next != null);
    if (next == null) {
      return hold;
    }
    String at = DisplayTime.clock(next) + " UTC";
    return !hold.isEmpty()
        ? hold + " until " + at
        : (reason.isBackingOff() ? PROBE : "first attempt") + " at " + at;
  }

  private static DisplayTime until(
      Delivery delivery, DeliveryReason reason, boolean waitsForEndpoint, Instant now) {
    return waitsForEndpoint && reason.nextAttemptAt() == null
        ? DisplayTime.NONE
        : until(delivery, reason, now);
  }

  /** Returns whether it is known when the next attempt is made or what it waits for. */
  public boolean hasTime() {
    return isTimed() || !hold.isEmpty();
  }

  /** Returns whether the time of the next attempt is known. */
  public boolean isTimed() {
    return !until.machine().isEmpty();
  }

  /** Returns the meaning of a probe, for a tooltip; empty if no probe is due. */
  public String meaning() {
    return lead.equals(PROBE) || hold.endsWith(PROBE)
        ? "The endpoint fails: one delivery is sent at a time until one succeeds."
        : "";
  }

  /** Returns the expected time of the next attempt; empty unless the delivery is pending. */
  public static DisplayTime until(Delivery delivery, DeliveryReason reason, Instant now) {
    if (delivery.state() != DeliveryState.PENDING) {
      return DisplayTime.NONE;
    }
    Instant next = reason.nextAttemptAt();
    return DisplayTime.due(next == null ? delivery.dueAt() : next, now);
  }

  private static String shortly(Delivery delivery, String failure, DeliveryReason reason) {
    if (reason.isExplainedByTime() || EndpointConditions.waitsForEndpoint(delivery, reason)) {
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
