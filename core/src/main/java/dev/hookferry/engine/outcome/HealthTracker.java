package dev.hookferry.engine.outcome;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
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
 * What the answers of an endpoint say of the endpoint, whatever they say of a delivery. It rests
 * after answers that ask for that; after a streak of failures it is failing, which means one
 * request at a time with growing pauses between them, until one succeeds.
 */
public final class HealthTracker {
  /** So many failures in a row, and the endpoint counts as failing. */
  static final int STREAK = 10;

  private static final int GONE = 410;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_THROTTLE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PROBING = Duration.ofMinutes(1);

  /** So many pauses fit into the endpoint's retry interval at least. */
  private static final int PAUSES = 5;

  private static final int DOUBLINGS = 6;
  private static final double JITTER = 0.2;

  private int failures;
  private int pauses;
  private @Nullable EventType failingSince;
  private boolean gone;
  private Instant askedUntil = Instant.MIN;
  private Instant pausedUntil = Instant.MIN;

  /** What fails on our side, or null if the last attempt reached the endpoint. */
  private @Nullable OwnFault ownFault;

  /** What a judgement goes by: the interval is that of the endpoint's retries. */
  public record Pace(Duration interval, Instant now, RandomGenerator chance) {}

  /**
   * Whether an answer is one of those by which a receiver, or what is before it, asks for a rest.
   */
  public static boolean throttles(Outcome outcome) {
    return switch (outcome.statusCode()) {
      case 429, 502, 503, 504 -> true;
      default -> false;
    };
  }

  /** Whether a further success would change nothing. */
  public boolean isPristine() {
    return failures == 0 && pauses == 0 && failingSince == null && ownFault == null;
  }

  /** Whether it gets less than it might, until it is seen to take it. */
  public boolean isCramped() {
    return failingSince != null || pauses > 0;
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

  /** Until when nothing should be sent. */
  public Instant restsUntil() {
    return askedUntil.isAfter(pausedUntil) ? askedUntil : pausedUntil;
  }

  /** The type of the event that was to be delivered when it was found to be failing. */
  @Nullable
  public EventType failingSince() {
    return failingSince;
  }

  /**
   * Learns from an attempt.
   *
   * @return what changed, or null if nothing that anybody would be told
   */
  @Nullable
  public Kind ended(Sending sent, Outcome outcome, Pace pace) {
    if (!outcome.kind().counts()) {
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

  /** The clock was set back by this much: what is left of a rest stays the same. */
  public void setBack(Duration by) {
    askedUntil = askedUntil.equals(Instant.MIN) ? askedUntil : askedUntil.minus(by);
    pausedUntil = pausedUntil.equals(Instant.MIN) ? pausedUntil : pausedUntil.minus(by);
  }

  /** As one sees it from outside. */
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

  /** What the receiver asked for explicitly still holds. */
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
    // What was under way already when a rest began says nothing that is not known.
    boolean isFresh = begins || !sent.startedAt().isBefore(restsUntil());
    if (isFresh && (isFailing() || throttles(outcome))) {
      pausedUntil = pace.now().plus(pause(pace));
      pauses++;
    }
    Optional<Duration> asked = asked(outcome, pace.now());
    asked.map(pace.now()::plus).filter(askedUntil::isBefore).ifPresent(u -> askedUntil = u);
    return begins ? Kind.FAILING : null;
  }

  /** How long an answer asks to be spared. */
  static Optional<Duration> asked(Outcome outcome, Instant now) {
    return outcome.response() == null || outcome.isSuccess()
        ? Optional.empty()
        : RetryAfter.of(outcome.response().retryAfter(), now);
  }

  /** A small part of the retry interval at most, so that retries come when they are due. */
  private Duration pause(Pace pace) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(pauses, DOUBLINGS));
    Duration stretched =
        doubled.plusMillis((long) (doubled.toMillis() * JITTER * pace.chance().nextDouble()));
    Duration longest = isFailing() ? LONGEST_PROBING : LONGEST_THROTTLE;
    return least(stretched, least(longest, pace.interval().dividedBy(PAUSES)));
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
