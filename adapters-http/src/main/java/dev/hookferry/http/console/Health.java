package dev.hookferry.http.console;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one endpoint does, counted as it happens. Thread-safe. */
final class Health {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int HOURS = 24;

  private final Series day = new Series(HOUR, HOURS);
  private Latencies ours = new Latencies();
  private Latencies theirs = new Latencies();
  private Latencies oursBefore = new Latencies();
  private Latencies theirsBefore = new Latencies();
  private Instant turned = Instant.EPOCH;
  private int streak;
  private @Nullable Instant lastSuccess;
  private @Nullable Instant lastAttempt;
  private @Nullable Outcome lastFailure;

  /**
   * How it does now.
   *
   * @param day the last 24 hours
   * @param streak how many attempts failed since the last that did not
   * @param lastSuccess when one was delivered, or null
   * @param lastAttempt when one was made, or null
   * @param lastFailure how the last failed one ended; null if none failed since the last success
   * @param ours how long deliveries waited here until their first attempt had a connection
   * @param theirs how long the receiver took from there
   */
  record Now(
      List<Series.Bucket> day,
      int streak,
      @Nullable Instant lastSuccess,
      @Nullable Instant lastAttempt,
      @Nullable Outcome lastFailure,
      Pair ours,
      Pair theirs) {
    /** Of an endpoint to which nothing was sent. */
    static Now none(Instant now) {
      return new Health().now(now);
    }
  }

  /** The median and the 95th of a hundred, as text. */
  record Pair(String median, String slow) {
    static Pair of(Latencies latencies) {
      return latencies.total() == 0
          ? new Pair("–", "–")
          : new Pair(
              Moment.length(latencies.percentile(0.5)), Moment.length(latencies.percentile(0.95)));
    }
  }

  synchronized void attempted(Attempt attempt) {
    Outcome outcome = attempt.outcome();
    Instant at = attempt.startedAt();
    turn(at);
    day.add(at, outcome.isSuccess(), theirs(outcome));
    theirs.add(theirs(outcome));
    if (attempt.number() == 1) {
      // Ids hold the time at which they were made: that of the delivery's acceptance.
      long made = attempt.delivery().value().getMostSignificantBits() >>> 16;
      ours.add(Duration.between(Instant.ofEpochMilli(made), at).plus(waited(outcome)));
    }
    lastAttempt = at;
    if (outcome.isSuccess()) {
      streak = 0;
      lastSuccess = at;
      lastFailure = null;
    } else {
      streak++;
      lastFailure = outcome;
    }
  }

  /** How long the receiver took, its network and its name among it. */
  static Duration theirs(Outcome outcome) {
    return outcome.took().minus(waited(outcome));
  }

  private static Duration waited(Outcome outcome) {
    Timing timing = outcome.timing();
    return timing == null ? Duration.ZERO : timing.waiting();
  }

  synchronized Now now(Instant now) {
    turn(now);
    Latencies allOurs = new Latencies();
    allOurs.addAll(ours);
    allOurs.addAll(oursBefore);
    Latencies allTheirs = new Latencies();
    allTheirs.addAll(theirs);
    allTheirs.addAll(theirsBefore);
    return new Now(
        day.until(now),
        streak,
        lastSuccess,
        lastAttempt,
        lastFailure,
        Pair.of(allOurs),
        Pair.of(allTheirs));
  }

  /** Latencies are those of this hour and of the one before. */
  private void turn(Instant now) {
    if (now.isBefore(turned.plus(HOUR))) {
      return;
    }
    boolean stale = now.isAfter(turned.plus(HOUR.multipliedBy(2)));
    oursBefore = stale ? new Latencies() : ours;
    theirsBefore = stale ? new Latencies() : theirs;
    ours = new Latencies();
    theirs = new Latencies();
    turned = now;
  }
}
