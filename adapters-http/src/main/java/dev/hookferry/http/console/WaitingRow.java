package dev.hookferry.http.console;

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
  static WaitingRow of(Delivery delivery, LastAttempts last, Targets targets, Instant now) {
    return new WaitingRow(
        DeliveryRow.of(delivery, targets, now),
        Moment.of(delivery.dueAt(), now),
        why(delivery, last, targets));
  }

  /** Why a delivery is not delivered yet. */
  static String why(Delivery delivery, LastAttempts last, Targets targets) {
    if (delivery.state() == DeliveryState.HELD) {
      boolean endpointRuns = targets.find(delivery.endpoint()).map(Endpoint::enabled).orElse(false);
      return endpointRuns
          ? "webHooksEnabled is off at this site."
          : "Its endpoint is paused. It goes out once that is switched on.";
    }
    String error = last.error(delivery);
    return error.isEmpty() ? "It was not tried yet; it is sent as soon as there is room." : error;
  }
}
