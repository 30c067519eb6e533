package dev.hookferry.engine.dispatch;

import dev.hookferry.limit.SendRate;
import java.time.Duration;
import java.time.Instant;

/**
 * Token bucket that paces the requests to one endpoint, so that this node keeps to its share of the
 * endpoint's rate. An empty bucket refills by a step before it is used again: the tokens of a
 * twentieth of a second, but at least one.
 */
final class SendPacer {
  private static final double STEPS_PER_SECOND = 20;
  private static final double NANOS = 1e9;

  /** Slightly less than one, because many small refills add up to less than a token. */
  private static final double ALMOST_ONE = 1 - 1e-6;

  private final SendRate rate;
  private double perSecond;
  private double step;
  private double tokens;
  private Instant filledAt = Instant.EPOCH;

  /**
   * Creates a full bucket.
   *
   * @param nodes number of nodes that share the rate
   */
  SendPacer(SendRate rate, int nodes) {
    this.rate = rate;
    share(nodes);
    tokens = step;
  }

  /** Returns the rate of the endpoint, which all nodes share. */
  SendRate rate() {
    return rate;
  }

  /** Changes the number of nodes that share the rate. */
  void share(int nodes) {
    perSecond = rate.averagePerSecond() / nodes;
    step = Math.max(1, perSecond / STEPS_PER_SECOND);
  }

  /** Takes a token even if none is left; the debt is at most one step. */
  void take(Instant now) {
    fill(now);
    tokens = Math.max(tokens - 1, -step);
  }

  /** Returns whether there is a token. */
  boolean isReady(Instant now) {
    fill(now);
    return tokens >= ALMOST_ONE;
  }

  /** Returns when a full step of tokens is available. */
  Instant readyAt(Instant now) {
    fill(now);
    long nanos = (long) Math.ceil(Math.max(0, step - tokens) / perSecond * NANOS);
    // Rounds up to the milliseconds of the engine's clock, so as not to wake too early.
    return now.plusMillis(Duration.ofNanos(nanos).plusNanos(999_999).toMillis());
  }

  /** Returns how many deliveries to keep in memory: those of two seconds, but at least 2. */
  int lookahead() {
    return (int) Math.ceil(2 * Math.max(1, perSecond));
  }

  /** Shifts the time of the last refill after the clock was set back. */
  void clockSetBack(Duration by) {
    filledAt = filledAt.minus(by);
  }

  private void fill(Instant now) {
    if (now.isAfter(filledAt)) {
      double grown = Duration.between(filledAt, now).toNanos() / NANOS * perSecond;
      tokens = Math.min(tokens + grown, step > 1 ? 2 * step : 1);
      filledAt = now;
    }
  }
}
