package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Timing;
import dev.hookferry.http.console.text.FormValues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How one endpoint does, counted as it happens. Thread-safe. */
public final class EndpointActivity {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int HOURS = 24;

  /** Latencies are those of this hour and of the one before. */
  private static final int FRESH = 2;

  private final TimeSeries day = new TimeSeries(HOUR, HOURS);
  private final HoldTime hold = new HoldTime();
  private LatestOutcomes latest = LatestOutcomes.NONE;

  /**
   * How it does now.
   *
   * @param day the last 24 hours
   * @param streak how many attempts failed since the last that did not
   * @param lastSuccess when one was delivered, or null
   * @param error how the last one failed; empty if none failed since the last success
   * @param ours how long deliveries waited here until their first attempt had a connection, without
   *     the time on hold
   * @param held how long they were on hold: endpoint paused, backing off or rate limited
   * @param theirs how long the receiver took from there
   */
  public record Now(
      List<TimeSeries.Bucket> day,
      int streak,
      @Nullable Instant lastSuccess,
      String error,
      Pair ours,
      Pair held,
      Pair theirs) {
    /** Of an endpoint to which nothing was sent. */
    static Now none(Instant now) {
      return new EndpointActivity().now(now);
    }
  }

  /** The median and the 95th percentile, as text. */
  public record Pair(String median, String slow) {
    /** Whether anything was measured. */
    public boolean isAny() {
      return !median.equals("–");
    }

    static Pair of(LatencyHistogram latencies) {
      return latencies.total() == 0
          ? new Pair("–", "–")
          : new Pair(latencies.shown(0.5), latencies.shown(0.95));
    }
  }

  /**
   * Counts an attempt.
   *
   * @param due when it was due
   * @param resumed when the endpoint was last resumed, or null if it never was
   */
  synchronized void attempted(Attempt attempt, Instant due, @Nullable Instant resumed) {
    Outcome outcome = attempt.outcome();
    Instant at = attempt.startedAt();
    day.add(at, outcome.isSuccess(), theirs(outcome));
    hold.begun(at, resumed);
    if (attempt.number() == 1) {
      Duration onHold = hold.within(due, at);
      Duration here = Duration.between(due, at).minus(onHold);
      day.waited(at, here.plus(waited(outcome)), onHold);
    }
    hold.ended(outcome, at, latest.streak() + 1);
    latest = outcome.isSuccess() ? latest.succeeded(at) : latest.failed(at, outcome.detail());
  }

  /** One more delivery failed at first, or one less since it was delivered after all. */
  synchronized void undelivered(Instant at, int change) {
    day.undelivered(at, change);
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
    ActivityCounts fresh = day.last(FRESH, now);
    return new Now(
        day.until(now),
        latest.streak(),
        latest.success(),
        latest.error(),
        Pair.of(fresh.ours()),
        Pair.of(fresh.held()),
        Pair.of(fresh.theirs()));
  }

  synchronized int streak() {
    return latest.streak();
  }

  /** What is to be told of it, if anything happened since then. */
  synchronized List<TimeSeries.Part> since(Instant time) {
    String also = "&" + latest.text();
    return day.since(time).stream()
        .map(part -> new TimeSeries.Part(part.from(), part.until(), part.text() + also))
        .toList();
  }

  /** Takes what another process told. */
  synchronized void put(UUID writer, Instant from, FormValues told) {
    day.put(writer, from, ActivityCounts.parse(told));
    latest = latest.or(LatestOutcomes.parse(told));
  }
}
