package dev.hookferry.http.console;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.port.AttemptQuery;
import dev.hookferry.port.PageRequest;
import java.time.Instant;
import java.util.List;

/**
 * A delivery that waits.
 *
 * @param delivery as in every list
 * @param until when it is due
 * @param why it waits, in a sentence
 */
record WaitingRow(DeliveryRow delivery, Moment until, String why) {
  private static final PageRequest LAST = new PageRequest(1, null);

  static WaitingRow of(Webhooks webhooks, Delivery delivery, Targets targets, Instant now) {
    return new WaitingRow(
        DeliveryRow.of(delivery, targets, now),
        Moment.of(delivery.dueAt(), now),
        why(webhooks, delivery, targets, now));
  }

  /** Why a delivery is not delivered yet. */
  static String why(Webhooks webhooks, Delivery delivery, Targets targets, Instant now) {
    if (delivery.state() == DeliveryState.HELD) {
      boolean endpointRuns = targets.find(delivery.endpoint()).map(Endpoint::enabled).orElse(false);
      return endpointRuns
          ? "webHooksEnabled is off at this site."
          : "Its endpoint is paused. It goes out once that is switched on.";
    }
    String standing =
        targets.find(delivery.endpoint()).map(new Retrying(webhooks, now)::standing).orElse("");
    String rest = standing.isEmpty() ? "" : " Its endpoint: " + standing + ".";
    String last = lastError(webhooks, delivery);
    return last.isEmpty() && rest.isEmpty()
        ? "It was not tried yet; it is sent as soon as there is room."
        : (last + rest).strip();
  }

  /** What the last attempt came to, or an empty text if there was none. */
  static String lastError(Webhooks webhooks, Delivery delivery) {
    AttemptQuery query = AttemptQuery.all(delivery.site()).of(delivery.id()).at(LAST);
    List<Attempt> last =
        delivery.attempts() == 0 ? List.of() : webhooks.deliveries().attempts(query).data();
    return last.isEmpty() ? "" : Advice.of(last.get(0).outcome());
  }
}
