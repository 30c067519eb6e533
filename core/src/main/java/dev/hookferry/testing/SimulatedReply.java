package dev.hookferry.testing;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A receiver's reply to a request.
 *
 * @param response the response, or null if none arrives
 * @param failure how the attempt ends without a response
 * @param latency how long the reply takes
 */
record SimulatedReply(@Nullable Response response, OutcomeKind failure, Duration latency) {
  static final SimulatedReply OK = status(200, null, Duration.ZERO);

  static SimulatedReply status(int status, @Nullable String retryAfter, Duration latency) {
    Response response = new Response(status, Payload.empty(), false, null, retryAfter);
    return new SimulatedReply(response, OutcomeKind.HTTP_ERROR, latency);
  }

  /** Returns the outcome for a client with this timeout. */
  Outcome within(Duration deadline) {
    if (failure == OutcomeKind.TIMEOUT || latency.compareTo(deadline) >= 0) {
      return Outcome.failed(OutcomeKind.TIMEOUT, "no response in time (simulated)", deadline);
    }
    return response == null
        ? Outcome.failed(failure, failure.code().replace('_', ' ') + " (simulated)", latency)
        : Outcome.responded(response, latency);
  }
}
