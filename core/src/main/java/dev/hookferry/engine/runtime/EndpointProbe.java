package dev.hookferry.engine.runtime;

import dev.hookferry.body.BodyException;
import dev.hookferry.body.MappedBody;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.send.RequestSigner;
import dev.hookferry.engine.send.ResponseRedaction;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.site.Site;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Sends test requests to unregistered endpoints, bypassing the engine: they belong to no delivery
 * and are not logged. Thread-safe.
 */
public final class EndpointProbe {
  private final RuntimeParts parts;

  /** Creates a probe from the runtime's parts. */
  public EndpointProbe(RuntimeParts parts) {
    this.parts = parts;
  }

  /** Sends an event immediately. Opens secrets and calls mappers, so it may block. */
  public CompletableFuture<Attempt> send(Event event, Site site, Endpoint endpoint) {
    // A new signer each time, so that secrets of unregistered endpoints are not cached.
    RequestSigner requests = parts.signer();
    Instant now = event.acceptedAt();
    Delivery delivery = Delivery.of(new DeliveryId(parts.ids().next(now)), event, endpoint.id());
    AttemptId id = new AttemptId(parts.ids().next(now));
    Sending sending = new Sending(0, id, delivery, event, site, endpoint, now);
    CompletableFuture<Attempt> answer = new CompletableFuture<>();
    try {
      parts
          .authorizer(requests, Runnable::run)
          .send(
              sending,
              requests.of(sending, sending.made(parts.defaults().bodies())),
              outcome -> answer.complete(sending.ended(cleaned(requests, sending, outcome))));
    } catch (BodyException e) {
      Outcome outcome = Outcome.failed(OutcomeKind.BODY_FAILED, e.reason(), Duration.ZERO);
      answer.complete(sending.ended(outcome));
    } catch (RuntimeException | Error e) {
      String why = "the request could not be sent: " + e.getMessage();
      Outcome outcome = Outcome.failed(OutcomeKind.INTERNAL_ERROR, why, Duration.ZERO);
      answer.complete(sending.ended(outcome));
    }
    return answer;
  }

  /**
   * Rebuilds the request of a trial for display, with an empty body if none can be made. Opens
   * secrets and calls mappers, so it may block.
   */
  public SignedRequest request(Attempt attempt, Event event, Site site, Endpoint endpoint) {
    RequestSigner requests = parts.signer();
    Delivery delivery = Delivery.of(attempt.delivery(), event, endpoint.id());
    Sending sending =
        new Sending(0, attempt.id(), delivery, event, site, endpoint, attempt.startedAt());
    try {
      return requests.of(sending, sending.made(parts.defaults().bodies()));
    } catch (BodyException e) {
      return requests.of(sending, MappedBody.json(Payload.empty()));
    }
  }

  private static Outcome cleaned(RequestSigner requests, Sending sending, Outcome outcome) {
    return ResponseRedaction.kept(() -> requests.cleaned(sending, outcome), outcome, failure -> {});
  }
}
