package dev.hookferry.http.console.activity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Attempts counted by span of time, in a ring buffer. Counts of other processes are kept separately
 * from those of this one. Thread-safe.
 */
public final class TimeSeries {
  private final Duration span;
  private final Slot[] ring;
  private Instant touched = Instant.EPOCH;

  /**
   * Creates an empty series.
   *
   * @param span length of a span
   * @param length number of spans
   */
  TimeSeries(Duration span, int length) {
    this.span = span;
    ring = new Slot[length];
  }

  /**
   * Counts of one span.
   *
   * @param from start of the span
   * @param undelivered deliveries whose first attempt failed, less those that recovered
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

  synchronized void add(Instant at, boolean delivered, Duration took) {
    ActivityCounts own = own(at);
    if (own != null) {
      own.add(delivered, took);
    }
  }

  synchronized void waited(Instant at, Duration time, Duration onHold) {
    ActivityCounts own = own(at);
    if (own != null) {
      own.waited(time, onHold);
    }
  }

  synchronized void undelivered(Instant at, int change) {
    ActivityCounts own = own(at);
    if (own != null) {
      own.undelivered(change);
    }
  }

  private @Nullable ActivityCounts own(Instant at) {
    touched = at.isAfter(touched) ? at : touched;
    Slot slot = slot(number(at));
    return slot == null ? null : slot.own;
  }

  /** Replaces the counts of another process, or of an earlier run, for a span. */
  synchronized void put(UUID writer, Instant from, ActivityCounts counts) {
    Slot slot = slot(number(from));
    if (slot != null) {
      slot.others.put(writer, counts);
    }
  }

  /**
   * Returns the counts of this process in spans that ended after the time, if any changed since.
   */
  synchronized List<Part> since(Instant time) {
    List<Part> parts = new ArrayList<>();
    if (touched.isBefore(time)) {
      return parts;
    }
    for (Slot slot : ring) {
      if (slot != null && slot.number >= number(time) && slot.isOwn()) {
        Instant from = start(slot.number);
        Instant until = from.plus(span.multipliedBy(ring.length));
        parts.add(new Part(from, until, slot.own.text()));
      }
    }
    return parts;
  }

  /** Returns all spans up to now, oldest first, empty ones included. */
  synchronized List<Bucket> until(Instant now) {
    long last = number(now);
    List<Bucket> buckets = new ArrayList<>(ring.length);
    for (long number = last - ring.length + 1; number <= last; number++) {
      Instant from = start(number);
      Slot slot = ring[place(number)];
      if (slot == null || slot.number != number) {
        buckets.add(new Bucket(from, 0, 0, 0, null, null));
        continue;
      }
      ActivityCounts all = slot.all();
      LatencyHistogram took = all.receiverTimes();
      buckets.add(
          new Bucket(
              from,
              all.delivered(),
              all.failed(),
              all.undelivered(),
              took.percentile(0.5),
              took.percentile(0.95)));
    }
    return buckets;
  }

  /** Returns the sum of the newest spans. */
  synchronized ActivityCounts last(int spans, Instant now) {
    ActivityCounts sum = new ActivityCounts();
    long last = number(now);
    for (Slot slot : ring) {
      if (slot != null && slot.number <= last && slot.number > last - spans) {
        sum.addAll(slot.all());
      }
    }
    return sum;
  }

  /** Returns the slot of a span, or null if it has left the ring. */
  private @Nullable Slot slot(long number) {
    int place = place(number);
    Slot slot = ring[place];
    if (slot == null || slot.number < number) {
      slot = new Slot(number);
      ring[place] = slot;
    }
    return slot.number == number ? slot : null;
  }

  private int place(long number) {
    return (int) Math.floorMod(number, (long) ring.length);
  }

  private long number(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), span.toMillis());
  }

  private Instant start(long number) {
    return Instant.ofEpochMilli(number * span.toMillis());
  }

  private static final class Slot {
    private final long number;
    private final ActivityCounts own = new ActivityCounts();
    private final Map<UUID, ActivityCounts> others = new HashMap<>(0);

    Slot(long number) {
      this.number = number;
    }

    boolean isOwn() {
      return own.delivered() + own.failed() > 0;
    }

    ActivityCounts all() {
      if (others.isEmpty()) {
        return own;
      }
      ActivityCounts sum = new ActivityCounts();
      sum.addAll(own);
      others.values().forEach(sum::addAll);
      return sum;
    }
  }
}
