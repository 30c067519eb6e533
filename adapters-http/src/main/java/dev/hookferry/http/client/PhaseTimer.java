package dev.hookferry.http.client;

import dev.hookferry.delivery.Timing;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes when a request goes from one part of its way to the next. It waits from the moment at which
 * it is made. Thread-safe: a deadline reads it from elsewhere.
 */
final class PhaseTimer {
  private static final int DNS = 1;
  private static final int CONNECT = 2;
  private static final int TLS = 3;
  private static final int FIRST_BYTE = 4;
  private static final int REST = 5;
  private static final int PARTS = 6;
  private static final long NANOS_PER_MICRO = 1_000;

  private final LongSupplier nanos;
  private final long[] began = new long[PARTS];
  // A bit for each part that began.
  private int seen = 1;

  PhaseTimer(LongSupplier nanos) {
    this.nanos = nanos;
    began[0] = nanos.getAsLong();
  }

  /** The name begins to be looked up. */
  void lookingUp() {
    enter(DNS);
  }

  /** A connection begins to be made. */
  void connecting() {
    enter(CONNECT);
  }

  /** TLS begins to be agreed on. */
  void securing() {
    enter(TLS);
  }

  /** The request begins to be written. */
  void writing() {
    enter(FIRST_BYTE);
  }

  /** The first bytes of an answer came. */
  void answered() {
    enter(REST);
  }

  /** The part before ends. Of those that follow, what an earlier try noted is dropped. */
  private void enter(int part) {
    long now = nanos.getAsLong();
    synchronized (this) {
      began[part] = now;
      seen = (seen & ((1 << part) - 1)) | (1 << part);
    }
  }

  /** Where the time went until now. */
  Timing read() {
    long now = nanos.getAsLong();
    @Nullable Duration[] parts = new Duration[PARTS];
    synchronized (this) {
      long end = micros(now);
      for (int i = PARTS - 1; i >= 0; i--) {
        if ((seen & (1 << i)) != 0) {
          // Whoever ends a request may have read the clock before another thread did.
          long begin = Math.min(end, micros(began[i]));
          parts[i] = Duration.of(end - begin, ChronoUnit.MICROS);
          end = begin;
        }
      }
    }
    Duration waiting = parts[0] == null ? Duration.ZERO : parts[0];
    return new Timing(
        waiting, parts[DNS], parts[CONNECT], parts[TLS], parts[FIRST_BYTE], parts[REST]);
  }

  private long micros(long at) {
    return Math.max(0, at - began[0]) / NANOS_PER_MICRO;
  }
}
