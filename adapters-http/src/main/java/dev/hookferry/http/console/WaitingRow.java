package dev.hookferry.http.console;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import java.time.Instant;

/**
 * A delivery that waits.
 *
 * @param delivery as in every list
 * @param until when it is due
 * @param why it waits, in a sentence
 */
record WaitingRow(DeliveryRow delivery, Moment until, String why) {
  static WaitingRow of(
      Webhooks webhooks, Delivery delivery, LastAttempts last, Targets targets, Instant now) {
    return new WaitingRow(
        DeliveryRow.of(delivery, targets, now),
        Moment.of(delivery.dueAt(), now),
        why(webhooks, delivery, last, targets, now));
  }

  /** Why a delivery is not delivered yet. */
  static String why(
      Webhooks webhooks, Delivery delivery, LastAttempts last, Targets targets, Instant now) {
    if (delivery.state() == DeliveryState.HELD) {
      boolean endpointRuns = targets.find(delivery.endpoint()).map(Endpoint::enabled).orElse(false);
      return endpointRuns
          ? "webHooksEnabled is off at this site."
          : "Its endpoint is paused. It goes out once that is switched on.";
    }
    String standing =
        targets.find(delivery.endpoint()).map(new Retrying(webhooks, now)::standing).orElse("");
    String rest = standing.isEmpty() ? "" : " Its endpoint: " + standing + ".";
    String error = last.error(delivery);
    return error.isEmpty() && rest.isEmpty()
        ? "It was not tried yet; it is sent as soon as there is room."
        : (error + rest).strip();
  }
}
