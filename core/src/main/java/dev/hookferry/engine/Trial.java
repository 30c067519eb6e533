package dev.hookferry.engine;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.AttemptId;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.Site;
import dev.hookferry.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** One request to an endpoint that is not registered: it belongs to no delivery and no log. */
final class Trial {
  private final ShellParts parts;

  /** Of its own, so that the secrets of what may never exist are not kept. */
  private final Requests requests;

  Trial(ShellParts parts) {
    this.parts = parts;
    requests = new Requests(parts.cipher(), parts.userAgent(), parts.deadline());
  }

  CompletableFuture<Attempt> send(Event event, Site site, Endpoint endpoint) {
    Instant now = event.acceptedAt();
    Delivery delivery = Delivery.of(new DeliveryId(parts.ids().next(now)), event, endpoint.id());
    AttemptId id = new AttemptId(parts.ids().next(now));
    Sending sending = new Sending(0, id, delivery, event, site, endpoint, now);
    CompletableFuture<Attempt> answer = new CompletableFuture<>();
    try {
      parts
          .transport()
          .send(
              requests.of(sending),
              outcome -> answer.complete(sending.ended(cleaned(sending, outcome))));
    } catch (RuntimeException e) {
      String why = "the request could not be sent: " + e.getMessage();
      Outcome outcome = Outcome.failed(OutcomeKind.INTERNAL_ERROR, why, Duration.ZERO);
      answer.complete(sending.ended(outcome));
    }
    return answer;
  }

  private Outcome cleaned(Sending sending, Outcome outcome) {
    try {
      return requests.cleaned(sending, outcome);
    } catch (RuntimeException e) {
      return Echoes.leftOut(outcome);
    }
  }
}
