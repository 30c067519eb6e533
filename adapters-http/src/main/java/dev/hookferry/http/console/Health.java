package dev.hookferry.http.console;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How one endpoint does, counted as it happens. Thread-safe. */
final class Health {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int HOURS = 24;

  /** Latencies are those of this hour and of the one before. */
  private static final int FRESH = 2;

  private final Series day = new Series(HOUR, HOURS);
  private Latest latest = Latest.NONE;

  /**
   * How it does now.
   *
   * @param day the last 24 hours
   * @param streak how many attempts failed since the last that did not
   * @param lastSuccess when one was delivered, or null
   * @param error how the last one failed; empty if none failed since the last success
   * @param ours how long deliveries waited here until their first attempt had a connection
   * @param theirs how long the receiver took from there
   */
  record Now(
      List<Series.Bucket> day,
      int streak,
      @Nullable Instant lastSuccess,
      String error,
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

  /**
   * An attempt was made.
   *
   * @param due when it was due
   */
  synchronized void attempted(Attempt attempt, Instant due) {
    Outcome outcome = attempt.outcome();
    Instant at = attempt.startedAt();
    day.add(at, outcome.isSuccess(), theirs(outcome));
    if (attempt.number() == 1) {
      day.waited(at, Duration.between(due, at).plus(waited(outcome)));
    }
    latest = outcome.isSuccess() ? latest.succeeded(at) : latest.failed(at, outcome.detail());
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
    Counts fresh = day.last(FRESH, now);
    return new Now(
        day.until(now),
        latest.streak(),
        latest.success(),
        latest.error(),
        Pair.of(fresh.ours()),
        Pair.of(fresh.theirs()));
  }

  /** What is to be told of it, if anything happened since then. */
  synchronized List<Series.Part> since(Instant time) {
    String also = "&" + latest.text();
    return day.since(time).stream()
        .map(part -> new Series.Part(part.from(), part.until(), part.text() + also))
        .toList();
  }

  /** Takes what another process told. */
  synchronized void put(UUID writer, Instant from, Values told) {
    day.put(writer, from, Counts.parse(told));
    latest = latest.or(Latest.parse(told));
  }
}
