package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.text.DisplayTime;
import java.time.Instant;

/**
 * A delivery that waits.
 *
 * @param delivery as in every list
 * @param until when it is due
 * @param why it waits, in a sentence
 */
public record WaitingRow(DeliveryRow delivery, DisplayTime until, String why) {
  static WaitingRow of(
      Webhooks webhooks, Delivery delivery, LastAttempts last, EndpointList targets, Instant now) {
    return new WaitingRow(
        DeliveryRow.of(delivery, targets, now),
        DisplayTime.of(delivery.dueAt(), now),
        why(webhooks, delivery, last, targets, now));
  }

  /** Why a delivery is not delivered yet. */
  public static String why(
      Webhooks webhooks, Delivery delivery, LastAttempts last, EndpointList targets, Instant now) {
    if (delivery.state() == DeliveryState.HELD) {
      boolean endpointRuns = targets.find(delivery.endpoint()).map(Endpoint::enabled).orElse(false);
      return endpointRuns
          ? "webHooksEnabled is off at this site."
          : "Its endpoint is paused. It goes out once that is switched on.";
    }
    String standing =
        targets.find(delivery.endpoint()).map(new RetryTime(webhooks, now)::standing).orElse("");
    String rest = standing.isEmpty() ? "" : " Its endpoint: " + standing + ".";
    String error = last.error(delivery);
    return error.isEmpty() && rest.isEmpty()
        ? "It was not tried yet; it is sent as soon as there is room."
        : (error + rest).strip();
  }
}
