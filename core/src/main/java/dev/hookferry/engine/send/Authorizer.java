package dev.hookferry.engine.send;

import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.Listener;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Sends requests with the access tokens that their endpoints need. A token is fetched through the
 * same transport, within the deadline of the attempt. Thread-safe; never blocks.
 */
public final class Authorizer {
  private static final int UNAUTHORIZED = 401;

  private final Transport transport;
  private final RequestSigner requests;
  private final InstantSource clock;
  private final IdSource ids;
  private final Executor threads;
  private final InstantSource steady;
  private final Consumer<Consumer<Listener>> listeners;

  /**
   * Creates an authorizer.
   *
   * @param clock the clock by which tokens expire
   * @param threads where a rejected token is replaced, which may sign with a private key
   * @param steady measures how much of a deadline is left; never set back
   * @param listeners notifies the listener
   */
  public Authorizer(
      Transport transport,
      RequestSigner requests,
      InstantSource clock,
      IdSource ids,
      Executor threads,
      InstantSource steady,
      Consumer<Consumer<Listener>> listeners) {
    this.transport = transport;
    this.requests = requests;
    this.clock = clock;
    this.ids = ids;
    this.threads = threads;
    this.steady = steady;
    this.listeners = listeners;
  }

  /**
   * Sends a request, after fetching a token if its endpoint needs one. A 401 makes it fetch one
   * fresh token and send the request once more, or leave that to the next attempt if more than half
   * of the deadline has passed. Responses of every transport pass through here, so this is where
   * the endpoint's {@link SuccessStatuses} are applied.
   *
   * @param whenDone as for {@link Transport#send}
   */
  public void send(Sending sending, SignedRequest request, Consumer<Outcome> whenDone) {
    Endpoint endpoint = sending.endpoint();
    SuccessStatuses statuses = endpoint.successStatuses();
    Consumer<Outcome> judged =
        statuses.isDefault() ? whenDone : outcome -> whenDone.accept(statuses.judge(outcome));
    if (endpoint.auth() instanceof EndpointAuth.OAuth2) {
      new TokenAttempt(sending.site().id(), request, requests.tokens(endpoint), judged).begin();
    } else {
      transport.send(request, judged);
    }
  }

  /** An attempt: fetches a token and sends the request; repeats both once after a 401. */
  private final class TokenAttempt {
    private final SiteId site;
    private final SignedRequest request;
    private final TokenSlot slot;
    private final Consumer<Outcome> whenDone;
    private final Instant startedAt = steady.instant();

    TokenAttempt(SiteId site, SignedRequest request, TokenSlot slot, Consumer<Outcome> whenDone) {
      this.site = site;
      this.request = request;
      this.slot = slot;
      this.whenDone = whenDone;
    }

    void begin() {
      slot.get(null, clock.instant(), this::fetch, result -> guarded(() -> first(result)));
    }

    private void first(TokenResult result) {
      AccessToken token = result.token();
      if (token == null) {
        whenDone.accept(Outcome.failed(result.failure(), result.reason(), took()));
      } else {
        send(token, outcome -> responded(token, outcome));
      }
    }

    private void responded(AccessToken token, Outcome outcome) {
      if (outcome.statusCode() != UNAUTHORIZED) {
        whenDone.accept(outcome);
        return;
      }
      if (left().compareTo(request.deadline().dividedBy(2)) < 0) {
        // Fetching in a hurry could fail, and would fail all attempts that wait for the token.
        slot.reject(token);
        whenDone.accept(outcome);
        return;
      }
      guarded(
          () ->
              threads.execute(
                  () ->
                      guarded(
                          () ->
                              slot.get(
                                  token,
                                  clock.instant(),
                                  this::fetch,
                                  result -> guarded(() -> again(outcome, result))))));
    }

    private void again(Outcome rejected, TokenResult result) {
      AccessToken token = result.token();
      if (token != null) {
        send(token, whenDone);
        return;
      }
      String why = "the receiver responded with 401; " + result.reason();
      whenDone.accept(
          new Outcome(
              result.failure(), rejected.response(), why, rejected.took(), rejected.timing()));
    }

    private void send(AccessToken token, Consumer<Outcome> then) {
      Duration left = left();
      if (left.isZero()) {
        String late = "the access token arrived at the end of the attempt's time limit";
        then.accept(Outcome.failed(OutcomeKind.AUTH_FAILED, late, took()));
        return;
      }
      transport.send(
          request.with(token.header(), left),
          outcome -> then.accept(ResponseRedaction.without(token.redactor(), outcome)));
    }

    private void fetch() {
      AtomicBoolean done = new AtomicBoolean();
      Instant start = steady.instant();
      Consumer<TokenResult> end =
          result -> {
            if (!done.getAndSet(true)) {
              Duration lasted = Duration.between(start, steady.instant());
              boolean isFetched = result.token() != null;
              listeners.accept(listener -> listener.tokenFetched(site, isFetched, lasted));
              slot.fetched(result, clock.instant());
            }
          };
      try {
        Instant now = clock.instant();
        Duration left = left();
        if (left.isZero()) {
          end.accept(TokenResult.failed("no access token: no time was left to fetch one"));
          return;
        }
        SignedRequest asking =
            slot.request().of(ids.next(now).toString(), now, left).leavingBy(request.egress());
        transport.send(asking, outcome -> end.accept(TokenRequest.read(outcome, clock.instant())));
      } catch (RuntimeException | Error e) {
        String why = "no access token was fetched: " + e.getMessage();
        end.accept(new TokenResult(null, OutcomeKind.ofFailure(e), why));
      }
    }

    /** Runs a step; an exception, perhaps on a thread of the transport, ends the attempt. */
    private void guarded(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        String why = "the request could not be authorized: " + e.getMessage();
        whenDone.accept(Outcome.failed(OutcomeKind.ofFailure(e), why, took()));
      }
    }

    private Duration took() {
      return Duration.between(startedAt, steady.instant());
    }

    /** Returns the time left until the deadline; zero rather than negative. */
    private Duration left() {
      Duration left = request.deadline().minus(took());
      return left.isNegative() ? Duration.ZERO : left;
    }
  }
}
