package dev.hookferry.http.console.activity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Attempts of all processes, counted by span of time. Thread-safe. */
public final class TimeSeries {
  private final SlotRing<ActivityCounts> slots;

  /**
   * Creates an empty series.
   *
   * @param span length of a span
   * @param length number of spans
   */
  TimeSeries(Duration span, int length) {
    slots = new SlotRing<>(span, length, ActivityCounts::new, ActivityCounts::addAll);
  }

  /**
   * Counts of one span.
   *
   * @param from start of the span
   * @param undelivered deliveries whose first attempt failed and that have not recovered
   * @param median median response time, or null if there was none
   * @param slow 95th percentile, or null
   */
  public record Bucket(
      Instant from,
      int delivered,
      int failed,
      int undelivered,
      @Nullable Duration median,
      @Nullable Duration slow) {
    public int total() {
      return delivered + failed;
    }
  }

  /**
   * Counts of one process in one span.
   *
   * @param from start of the span
   * @param until when the span leaves the ring
   */
  record Part(Instant from, Instant until, String text) {}

  synchronized void add(Instant at, boolean delivered, @Nullable Duration took) {
    slots.change(at, own -> own.add(delivered, took));
  }

  synchronized void waited(Instant at, Duration time, Duration onHold) {
    slots.change(at, own -> own.waited(time, onHold));
  }

  /** Replaces the counts of another process, or of an earlier run, for a span. */
  synchronized void put(UUID writer, Instant from, ActivityCounts counts) {
    slots.put(writer, from, counts);
  }

  /** Adds earlier counts of this process to a span. */
  synchronized void add(Instant from, ActivityCounts counts) {
    slots.add(from, counts);
  }

  /** Returns the counts of this process in those spans for which the store is out of date. */
  synchronized List<Part> changed() {
    return slots.changed(ActivityCounts::text);
  }

  /** Records that the most recently collected counts are in the store. */
  synchronized void written() {
    slots.written();
  }

  /** Returns whether the store has all counts of this process. */
  synchronized boolean isWritten() {
    return slots.isWritten();
  }

  /** Returns all spans up to now, oldest first, empty ones included. */
  synchronized List<Bucket> until(Instant now) {
    return slots.until(now).stream().map(TimeSeries::bucket).toList();
  }

  static Bucket bucket(SlotRing.Sum<ActivityCounts> sum) {
    ActivityCounts all = sum.counts();
    if (all == null) {
      return new Bucket(sum.from(), 0, 0, 0, null, null);
    }
    LatencyHistogram took = all.receiverTimes();
    return new Bucket(
        sum.from(),
        all.delivered(),
        all.failed(),
        all.undelivered(),
        took.total() == 0 ? null : took.percentile(0.5),
        took.total() == 0 ? null : took.percentile(0.95));
  }

  /** Returns the sum of the newest spans. */
  synchronized ActivityCounts last(int spans, Instant now) {
    return slots.last(spans, now);
  }
}
