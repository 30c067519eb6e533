package dev.hookferry.auditor;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Checks requests: their bytes, their signatures, and the logged attempt of each. */
final class RequestCheck {
  /** How long after a request a fault may have prevented its recording. */
  private static final Duration LATER = Duration.ofSeconds(5);

  private final Rules rules;
  private final Joined joined;

  RequestCheck(Rules rules, Joined joined) {
    this.rules = rules;
    this.joined = joined;
  }

  void run() {
    joined.evidence.arrived().forEach(this::whole);
    for (Delivery delivery : joined.deliveries.values()) {
      List<Arrived> unmatched = new ArrayList<>(joined.arrived(delivery));
      joined.attempts(delivery).forEach(attempt -> match(attempt, unmatched));
      unmatched.forEach(this::explain);
    }
  }

  private void whole(Arrived request) {
    Event event = joined.events.get(request.event());
    Delivery delivery = joined.deliveries.get(request.delivery());
    if (event == null || delivery == null) {
      joined.object(request.event() + " arrived but is not in the store");
      return;
    }
    joined.objectIf(
        !delivery.event().equals(request.event())
            || !delivery.endpoint().equals(request.endpoint()),
        request.delivery() + " went where it does not belong");
    if (request.number() < 1 || request.number() > delivery.attempts() + 1) {
      joined.object("an attempt beyond the next one: " + request);
    }
    joined.objectIf(
        !event.payload().equals(request.body()), request.event() + " arrived with other bytes");
    String secret = secret(request.endpoint());
    joined.objectIf(
        secret != null
            && !Bytes.signature(request.body(), secret)
                .equals(request.headers().get("x-qlm-signature")),
        request.event() + " arrived with a wrong signature");
  }

  private String secret(EndpointId endpoint) {
    return rules.secrets().get(endpoint);
  }

  /** Takes the request of an attempt out: the one signed at its time, and answered as it says. */
  private void match(Attempt attempt, List<Arrived> unmatched) {
    if (!attempt.outcome().kind().countsAsAttempt()) {
      // A word of the store's own, about requests that nobody lived to record.
      return;
    }
    int status = attempt.outcome().statusCode();
    Arrived best = null;
    for (Arrived request : unmatched) {
      if (isSame(attempt, request) && (best == null || request.status() == status)) {
        best = request;
      }
    }
    unmatched.remove(best);
    if (best == null && attempt.outcome().response() != null) {
      joined.object("no receiver saw what the log says: " + attempt);
    } else if (best != null && status != 0 && status != best.status()) {
      joined.object("its receiver responded with " + best.status() + ": " + attempt);
    }
  }

  private static boolean isSame(Attempt attempt, Arrived request) {
    String signed = request.headers().get("webhook-timestamp");
    return request.number() == attempt.number()
        && Long.toString(attempt.startedAt().getEpochSecond()).equals(signed);
  }

  private void explain(Arrived request) {
    joined.duplicates++;
    boolean explained =
        joined.evidence.disturbances().stream()
            .anyMatch(d -> d.touches(request.begun(), request.ended().plus(LATER)));
    joined.objectIf(
        !explained, "nothing explains a request that the log does not have: " + request);
  }
}
