package dev.hookferry.engine.outcome;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.engine.dispatch.LaneMode;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealth.State;
import dev.hookferry.observe.EndpointHealthEvent.Kind;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.retry.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Health of an endpoint, and its circuit breaker. After a streak of failures of any kind, the
 * endpoint is failing. The circuit opens only after a streak of attempts that got no response, got
 * one that asks for a pause, or failed before they reached the receiver: then one probe at a time
 * is sent, with growing back-off, until the receiver responds. A receiver that responds with plain
 * errors is reachable: it keeps its concurrency window and gets its retries on time.
 */
public final class HealthTracker {
  /** Consecutive failures after which the endpoint counts as failing, or the circuit opens. */
  static final int STREAK = EndpointHealth.FAILING_AFTER;

  static final int GONE = 410;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MAX_THROTTLE = Duration.ofSeconds(30);
  private static final Duration MAX_PROBING = Duration.ofMinutes(1);

  /** Minimum number of pauses per retry interval of the endpoint. */
  private static final int PAUSES = 5;

  private static final int DOUBLINGS = 6;
  private static final double JITTER = 0.2;

  private int failures;

  /** Consecutive failures without a response, or with one that asks for a pause. */
  private int unavailable;

  /** Whether the last failure was a response that asks for a pause. */
  private boolean isRateLimited;

  /** Whether that response was 429 (too many requests). */
  private boolean isTooMany;

  private int pauses;
  private @Nullable EventType failingSince;
  private boolean gone;
  private Instant askedUntil = Instant.MIN;
  private Instant pausedUntil = Instant.MIN;

  /** The current failure of this node or its resolver, or null if the last attempt counted. */
  private @Nullable OwnFault ownFault;

  /** Detail of a failure to authorize, sign or pass a proxy; null if the last attempt had none. */
  private @Nullable String obstacle;

  /** Inputs for the length of a pause; {@code interval} is the endpoint's retry interval. */
  public record PauseInputs(Duration interval, Instant now, RandomGenerator chance) {}

  /** Returns whether another success would change nothing. */
  public boolean isPristine() {
    return failures == 0
        && pauses == 0
        && failingSince == null
        && ownFault == null
        && obstacle == null;
  }

  /** Returns how much may be sent to the endpoint. */
  public LaneMode mode() {
    if (isOpen()) {
      return LaneMode.PROBING;
    }
    return isFailing() || pauses > 0 ? LaneMode.REDUCED : LaneMode.FULL;
  }

  /** Returns whether the endpoint counts as failing: several consecutive attempts have failed. */
  public boolean isFailing() {
    return failingSince != null;
  }

  private boolean isOpen() {
    return unavailable >= STREAK;
  }

  /** Returns whether the receiver has responded 410. */
  public boolean isGone() {
    return gone;
  }

  /** Returns how many attempts have failed since the last success. */
  public int failures() {
    return failures;
  }

  /** Returns the end of the back-off; in the past if there is none. */
  public Instant backsOffUntil() {
    return askedUntil.isAfter(pausedUntil) ? askedUntil : pausedUntil;
  }

  /** Returns the type of the event whose delivery made it failing; null if it is not failing. */
  public @Nullable EventType failingSince() {
    return failingSince;
  }

  /**
   * Processes the outcome of an attempt.
   *
   * @return the change to report, or null
   */
  public @Nullable Kind ended(Sending sent, Outcome outcome, PauseInputs inputs) {
    if (!outcome.kind().countsAsAttempt()) {
      ownFault = OwnFault.after(ownFault, kind(outcome), outcome.detail(), inputs.now());
      return null;
    }
    ownFault = null;
    obstacle = outcome.kind().failedBeforeReceiver() ? outcome.detail() : null;
    if (obstacle != null) {
      // The receiver is not to blame, but waiting deliveries must not use up their attempts in the
      // meantime.
      isRateLimited = false;
      isTooMany = false;
      unavailable(outcome, isFresh(sent), inputs);
      return null;
    }
    return outcome.isSuccess() ? succeeded() : failed(sent, outcome, inputs);
  }

  private static OwnFault.Kind kind(Outcome outcome) {
    return outcome.kind() == OutcomeKind.RESOLVER_ERROR
        ? OwnFault.Kind.RESOLVER
        : OwnFault.Kind.NODE;
  }

  /**
   * Shifts the back-off after the clock was set back, so that the remaining time stays the same.
   */
  public void clockSetBack(Duration by) {
    askedUntil = askedUntil.equals(Instant.MIN) ? askedUntil : askedUntil.minus(by);
    pausedUntil = pausedUntil.equals(Instant.MIN) ? pausedUntil : pausedUntil.minus(by);
  }

  /** Returns the public view of the health. */
  public EndpointHealth health(Instant now) {
    Instant until = backsOffUntil().isAfter(now) ? backsOffUntil() : null;
    if (gone) {
      return EndpointHealth.gone(failures);
    }
    if (obstacle != null) {
      return EndpointHealth.unreached(failures, obstacle, until, isOpen());
    }
    if (ownFault != null || (until == null && !isOpen())) {
      return EndpointHealth.sending(failures, ownFault);
    }
    return EndpointHealth.slowed(
        isRateLimited(now) ? State.RATE_LIMITED : State.BACKING_OFF, failures, until, isOpen());
  }

  /**
   * Returns whether a working receiver asked for the pause. A receiver that responds only with 502,
   * 503 or 504, attempt after attempt, is down, even if it asks for a pause.
   */
  private boolean isRateLimited(Instant now) {
    boolean isAsked = isRateLimited || askedUntil.isAfter(now);
    return isAsked && (isTooMany || (!isFailing() && !isOpen()));
  }

  /** Resets the failures; an explicit {@code Retry-After} stays in force. */
  private @Nullable Kind succeeded() {
    boolean wasFailing = isFailing();
    failures = 0;
    closeCircuit();
    failingSince = null;
    return wasFailing ? Kind.RECOVERED : null;
  }

  private @Nullable Kind failed(Sending sent, Outcome outcome, PauseInputs inputs) {
    failures++;
    if (outcome.statusCode() == GONE) {
      boolean isNewlyGone = !gone;
      gone = true;
      return isNewlyGone ? Kind.GONE : null;
    }
    boolean begins = failures >= STREAK && !isFailing();
    if (begins) {
      failingSince = sent.event().type();
    }
    Optional<Duration> requested = requestedPause(outcome, inputs.now());
    boolean asksForPause = outcome.isThrottling() || requested.isPresent();
    boolean isFresh = isFresh(sent);
    if (outcome.kind() == OutcomeKind.HTTP_ERROR && !asksForPause) {
      responded(isFresh);
    } else {
      isRateLimited = asksForPause;
      isTooMany = outcome.statusCode() == TOO_MANY_REQUESTS;
      unavailable(outcome, isFresh, inputs);
    }
    requested.map(inputs.now()::plus).filter(askedUntil::isBefore).ifPresent(u -> askedUntil = u);
    return begins ? Kind.FAILING : null;
  }

  /** Returns whether an attempt began after the back-off; earlier ones tell nothing new. */
  private boolean isFresh(Sending sent) {
    return !sent.startedAt().isBefore(backsOffUntil());
  }

  /** Handles a plain error: the receiver is reachable. */
  private void responded(boolean isFresh) {
    if (isFresh || isOpen()) {
      closeCircuit();
    }
    unavailable = 0;
  }

  private void unavailable(Outcome outcome, boolean isFresh, PauseInputs inputs) {
    unavailable++;
    boolean opens = unavailable == STREAK;
    if (opens) {
      pauses = 0;
    }
    if (opens || (isFresh && (isOpen() || outcome.isThrottling()))) {
      pausedUntil = inputs.now().plus(pause(inputs));
      pauses++;
    }
  }

  /** Closes the circuit and ends the back-off, but not a pause that the receiver asked for. */
  private void closeCircuit() {
    unavailable = 0;
    pauses = 0;
    pausedUntil = Instant.MIN;
  }

  /** Returns the pause that a response requests by {@code Retry-After}; empty rather than zero. */
  static Optional<Duration> requestedPause(Outcome outcome, Instant now) {
    return outcome.response() == null || outcome.isSuccess()
        ? Optional.empty()
        : RetryAfter.of(outcome.response().retryAfter(), now).filter(pause -> !pause.isZero());
  }

  /**
   * Returns a pause that is at most a fraction of the retry interval, so that retries stay on time.
   */
  private Duration pause(PauseInputs inputs) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(pauses, DOUBLINGS));
    Duration stretched =
        doubled.plusMillis((long) (doubled.toMillis() * JITTER * inputs.chance().nextDouble()));
    Duration max = isOpen() ? MAX_PROBING : MAX_THROTTLE;
    return min(stretched, min(max, inputs.interval().dividedBy(PAUSES)));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
