package dev.hookferry.http.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attempts counted by spans of time: a ring of so many spans, the oldest of which is reused. */
final class Series {
  private final Duration span;
  private final Slot[] ring;

  /**
   * An empty one.
   *
   * @param span how long each is
   * @param length how many there are
   */
  Series(Duration span, int length) {
    this.span = span;
    ring = new Slot[length];
  }

  /**
   * What happened in one span.
   *
   * @param from its beginning
   * @param median of the answers, or null if there was none
   * @param slow what 95 of 100 answers did not exceed, or null
   */
  record Bucket(
      Instant from, int delivered, int failed, @Nullable Duration median, @Nullable Duration slow) {
    int total() {
      return delivered + failed;
    }
  }

  synchronized void add(Instant at, boolean delivered, Duration took) {
    long number = number(at);
    int place = (int) Math.floorMod(number, (long) ring.length);
    Slot slot = ring[place];
    if (slot == null || slot.number < number) {
      slot = new Slot(number);
      ring[place] = slot;
    }
    if (slot.number == number) {
      slot.add(delivered, took);
    }
  }

  /** All spans up to this moment, oldest first; those in which nothing happened, too. */
  synchronized List<Bucket> until(Instant now) {
    long last = number(now);
    List<Bucket> buckets = new ArrayList<>(ring.length);
    for (long number = last - ring.length + 1; number <= last; number++) {
      Slot slot = ring[(int) Math.floorMod(number, (long) ring.length)];
      Instant from = Instant.ofEpochMilli(number * span.toMillis());
      buckets.add(
          slot == null || slot.number != number
              ? new Bucket(from, 0, 0, null, null)
              : slot.bucket(from));
    }
    return buckets;
  }

  private long number(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), span.toMillis());
  }

  private static final class Slot {
    private final long number;
    private final Latencies took = new Latencies();
    private int delivered;
    private int failed;

    Slot(long number) {
      this.number = number;
    }

    void add(boolean success, Duration duration) {
      if (success) {
        delivered++;
      } else {
        failed++;
      }
      took.add(duration);
    }

    Bucket bucket(Instant from) {
      return new Bucket(from, delivered, failed, took.percentile(0.5), took.percentile(0.95));
    }
  }
}
