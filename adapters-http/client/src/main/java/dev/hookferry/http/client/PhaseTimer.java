package dev.hookferry.http.client;

import dev.hookferry.delivery.Timing;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records when a request moves from one phase to the next, starting with waiting. Thread-safe: a
 * deadline reads it from another thread.
 */
final class PhaseTimer {
  private static final int DNS = 1;
  private static final int CONNECT = 2;
  private static final int PROXY = 3;
  private static final int TLS = 4;
  private static final int FIRST_BYTE = 5;
  private static final int REST = 6;
  private static final int PARTS = 7;
  private static final long NANOS_PER_MICRO = 1_000;

  private final LongSupplier nanos;
  private final @Nullable String egress;
  private final long[] began = new long[PARTS];
  // One bit per phase that has started.
  private int seen = 1;

  PhaseTimer(LongSupplier nanos) {
    this(nanos, null);
  }

  /** Creates a timer for a connection that uses this egress, or a direct one if null. */
  PhaseTimer(LongSupplier nanos, @Nullable String egress) {
    this.nanos = nanos;
    this.egress = egress;
    began[0] = nanos.getAsLong();
  }

  /** Records the start of the name lookup. */
  void lookingUp() {
    enter(DNS);
  }

  /** Records the start of connecting. */
  void connecting() {
    enter(CONNECT);
  }

  /** Records that a proxy starts to connect to the receiver. */
  void tunnelling() {
    enter(PROXY);
  }

  /** Records the start of the TLS handshake. */
  void securing() {
    enter(TLS);
  }

  /** Records the start of writing the request. */
  void writing() {
    enter(FIRST_BYTE);
  }

  /** Records the arrival of the first bytes of a response. */
  void responseBegan() {
    enter(REST);
  }

  /**
   * Starts a phase and ends the previous one. Discards any later phases recorded by an earlier try.
   */
  private void enter(int part) {
    long now = nanos.getAsLong();
    synchronized (this) {
      began[part] = now;
      seen = (seen & ((1 << part) - 1)) | (1 << part);
    }
  }

  /** Returns the durations until now. */
  Timing read() {
    long now = nanos.getAsLong();
    @Nullable Duration[] parts = new Duration[PARTS];
    synchronized (this) {
      long end = micros(now);
      for (int i = PARTS - 1; i >= 0; i--) {
        if ((seen & (1 << i)) != 0) {
          // The thread that ends a request may have read the clock before another one did.
          long begin = Math.min(end, micros(began[i]));
          parts[i] = Duration.of(end - begin, ChronoUnit.MICROS);
          end = begin;
        }
      }
    }
    Duration waiting = parts[0] == null ? Duration.ZERO : parts[0];
    return new Timing(
        waiting,
        parts[DNS],
        parts[CONNECT],
        parts[PROXY],
        parts[TLS],
        parts[FIRST_BYTE],
        parts[REST],
        egress);
  }

  private long micros(long at) {
    return Math.max(0, at - began[0]) / NANOS_PER_MICRO;
  }
}
