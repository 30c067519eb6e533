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
import dev.hookferry.observe.Listener;
import dev.hookferry.signer.SignerException;
import dev.hookferry.site.Site;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends test requests to unregistered endpoints, bypassing the engine: they belong to no delivery
 * and are not logged. Thread-safe.
 */
public final class EndpointProbe {
  private final RuntimeParts parts;
  private final Consumer<Consumer<Listener>> listeners;

  /**
   * Creates a probe from the runtime's parts.
   *
   * @param listeners notifies the listener
   */
  public EndpointProbe(RuntimeParts parts, Consumer<Consumer<Listener>> listeners) {
    this.parts = parts;
    this.listeners = listeners;
  }

  /** Sends an event immediately. Opens secrets and calls mappers and signers, so it may block. */
  public CompletableFuture<Attempt> send(Event event, Site site, Endpoint endpoint) {
    // A new signer each time, so that secrets of unregistered endpoints are not cached.
    RequestSigner requests = parts.signer();
    Instant now = event.acceptedAt();
    Delivery delivery = Delivery.of(new DeliveryId(parts.ids().next(now)), event, endpoint.id());
    AttemptId id = new AttemptId(parts.ids().next(now));
    Sending sending = new Sending(0, id, delivery, event, site, endpoint, now);
    CompletableFuture<Attempt> result = new CompletableFuture<>();
    try {
      parts
          .authorizer(requests, Runnable::run, listeners)
          .send(
              sending,
              signed(requests, sending, sending.buildBody(parts.defaults().bodies())),
              outcome -> result.complete(sending.ended(cleaned(requests, sending, outcome))));
    } catch (BodyException e) {
      Outcome outcome = Outcome.failed(OutcomeKind.BODY_FAILED, e.reason(), Duration.ZERO);
      result.complete(sending.ended(outcome));
    } catch (SignerException e) {
      Outcome outcome = Outcome.failed(OutcomeKind.SIGNING_FAILED, e.reason(), Duration.ZERO);
      result.complete(sending.ended(outcome));
    } catch (RuntimeException | Error e) {
      String why = "the request could not be sent: " + e.getMessage();
      Outcome outcome = Outcome.failed(OutcomeKind.INTERNAL_ERROR, why, Duration.ZERO);
      result.complete(sending.ended(outcome));
    }
    return result;
  }

  private SignedRequest signed(
      RequestSigner requests, Sending sending, @Nullable MappedBody mapped) {
    return requests.signerOf(sending) == null
        ? requests.of(sending, mapped)
        : TimedCall.of(sending.timeout(parts.policy()), () -> requests.of(sending, mapped));
  }

  /**
   * Rebuilds the request of such a test for display: with an empty body if none can be built, and
   * without the signature of a signer that fails. Opens secrets and calls mappers and signers, so
   * it may block.
   */
  public SignedRequest request(Attempt attempt, Event event, Site site, Endpoint endpoint) {
    RequestSigner requests = parts.signer();
    Delivery delivery = Delivery.of(attempt.delivery(), event, endpoint.id());
    Sending sending =
        new Sending(0, attempt.id(), delivery, event, site, endpoint, attempt.startedAt());
    MappedBody mapped;
    try {
      mapped = sending.buildBody(parts.defaults().bodies());
    } catch (BodyException e) {
      mapped = MappedBody.json(Payload.empty());
    }
    try {
      return signed(requests, sending, mapped);
    } catch (SignerException e) {
      return parts.withoutSigners().of(sending, mapped);
    }
  }

  private static Outcome cleaned(RequestSigner requests, Sending sending, Outcome outcome) {
    return ResponseRedaction.kept(() -> requests.cleaned(sending, outcome), outcome, failure -> {});
  }
}
