package dev.hookferry.engine.outcome;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.engine.dispatch.ConcurrencyWindow;
import dev.hookferry.engine.dispatch.LaneMode;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointHealthEvent.Kind;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.retry.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Circuit breaker of an endpoint. Throttling responses cause a back-off. After a streak of failures
 * the endpoint is failing: one probe at a time, with growing pauses, until one succeeds.
 */
public final class HealthTracker {
  /** Consecutive failures after which the endpoint counts as failing. */
  static final int STREAK = 10;

  private static final int GONE = 410;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_THROTTLE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PROBING = Duration.ofMinutes(1);

  /** Minimum number of pauses per retry interval of the endpoint. */
  private static final int PAUSES = 5;

  private static final int DOUBLINGS = 6;
  private static final double JITTER = 0.2;

  private int failures;
  private int pauses;
  private @Nullable EventType failingSince;
  private boolean gone;
  private Instant askedUntil = Instant.MIN;
  private Instant pausedUntil = Instant.MIN;

  /** The current local failure, or null if the last attempt reached the endpoint. */
  private @Nullable OwnFault ownFault;

  /** Inputs for the length of a pause; {@code interval} is the endpoint's retry interval. */
  public record Pace(Duration interval, Instant now, RandomGenerator chance) {}

  /** Returns whether another success would change nothing. */
  public boolean isPristine() {
    return failures == 0 && pauses == 0 && failingSince == null && ownFault == null;
  }

  /** Returns how much the endpoint is sent. */
  public LaneMode mode() {
    if (isFailing()) {
      return LaneMode.PROBING;
    }
    return pauses > 0 ? LaneMode.REDUCED : LaneMode.FULL;
  }

  public boolean isFailing() {
    return failingSince != null;
  }

  public boolean isGone() {
    return gone;
  }

  public int failures() {
    return failures;
  }

  /** Returns the end of the back-off; in the past if there is none. */
  public Instant restsUntil() {
    return askedUntil.isAfter(pausedUntil) ? askedUntil : pausedUntil;
  }

  /** Returns the type of the event whose delivery opened the circuit; null if it is closed. */
  public @Nullable EventType failingSince() {
    return failingSince;
  }

  /**
   * Processes the outcome of an attempt.
   *
   * @return the change to report, or null
   */
  public @Nullable Kind ended(Sending sent, Outcome outcome, Pace pace) {
    if (!outcome.kind().countsAsAttempt()) {
      ownFault = OwnFault.after(ownFault, kind(outcome), outcome.detail(), pace.now());
      return null;
    }
    ownFault = null;
    return outcome.isSuccess() ? succeeded() : failed(sent, outcome, pace);
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
  public EndpointHealth seen(Instant now) {
    Instant until = restsUntil().isAfter(now) ? restsUntil() : null;
    EndpointHealth.State state =
        gone
            ? EndpointHealth.State.GONE
            : isFailing()
                ? EndpointHealth.State.FAILING
                : until != null ? EndpointHealth.State.THROTTLED : EndpointHealth.State.WELL;
    return new EndpointHealth(state, failures, until, ownFault);
  }

  /** Resets the failures; an explicit {@code Retry-After} stays in force. */
  private @Nullable Kind succeeded() {
    boolean wasFailing = isFailing();
    failures = 0;
    pauses = 0;
    pausedUntil = Instant.MIN;
    failingSince = null;
    return wasFailing ? Kind.RECOVERED : null;
  }

  private @Nullable Kind failed(Sending sent, Outcome outcome, Pace pace) {
    failures++;
    if (outcome.statusCode() == GONE) {
      boolean news = !gone;
      gone = true;
      return news ? Kind.GONE : null;
    }
    boolean begins = failures >= STREAK && !isFailing();
    if (begins) {
      failingSince = sent.event().type();
      pauses = 0;
    }
    // Attempts already in flight when a back-off began add no information.
    boolean isFresh = begins || !sent.startedAt().isBefore(restsUntil());
    if (isFresh && (isFailing() || ConcurrencyWindow.throttles(outcome))) {
      pausedUntil = pace.now().plus(pause(pace));
      pauses++;
    }
    Optional<Duration> asked = requestedPause(outcome, pace.now());
    asked.map(pace.now()::plus).filter(askedUntil::isBefore).ifPresent(u -> askedUntil = u);
    return begins ? Kind.FAILING : null;
  }

  /** Returns the pause that a response requests by {@code Retry-After}. */
  static Optional<Duration> requestedPause(Outcome outcome, Instant now) {
    return outcome.response() == null || outcome.isSuccess()
        ? Optional.empty()
        : RetryAfter.of(outcome.response().retryAfter(), now);
  }

  /**
   * Returns a pause that is at most a fraction of the retry interval, so that retries stay on time.
   */
  private Duration pause(Pace pace) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(pauses, DOUBLINGS));
    Duration stretched =
        doubled.plusMillis((long) (doubled.toMillis() * JITTER * pace.chance().nextDouble()));
    Duration longest = isFailing() ? LONGEST_PROBING : LONGEST_THROTTLE;
    return min(stretched, min(longest, pace.interval().dividedBy(PAUSES)));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
