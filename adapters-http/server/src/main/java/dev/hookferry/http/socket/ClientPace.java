package dev.hookferry.http.socket;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The pace at which a client reads a download. Counts only the time spent waiting for the client,
 * not for a slow source. Used by one thread.
 */
final class ClientPace {
  private final LongSupplier nanoTime;
  private long since;
  private long waited;
  private long taken;

  /**
   * Creates the pace of a new download.
   *
   * @param nanoTime a monotonic clock
   */
  ClientPace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Starts the clock: bytes for the client are available. */
  void beginWaiting() {
    since = nanoTime.getAsLong();
  }

  /**
   * Counts bytes that the client took. The count stays at most {@link Downloads#PATIENCE} ahead of
   * the minimum pace: a client that was fast once could otherwise hold its slot for hours.
   */
  void took(int bytes) {
    long now = nanoTime.getAsLong();
    waited += now - since;
    since = now;
    long most =
        Duration.ofNanos(waited).plus(Downloads.PATIENCE).toSeconds() * Downloads.MIN_PER_SECOND;
    taken = Math.min(taken + bytes, most);
  }

  /**
   * Returns whether the client has taken nothing for {@link Downloads#PATIENCE}, or, after a grace
   * period of {@code PATIENCE}, less than {@link Downloads#MIN_PER_SECOND} on average, with bursts
   * counted in part.
   */
  boolean isTooSlow() {
    long waiting = nanoTime.getAsLong() - since;
    Duration earned = Duration.ofSeconds(taken / Downloads.MIN_PER_SECOND);
    return waiting >= Downloads.PATIENCE.toNanos()
        || waited + waiting >= Downloads.PATIENCE.plus(earned).toNanos();
  }
}
