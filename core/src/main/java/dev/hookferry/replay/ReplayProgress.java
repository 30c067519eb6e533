package dev.hookferry.replay;

import org.jspecify.annotations.Nullable;

/**
 * How far a replay is.
 *
 * @param expected how many deliveries it found when it began
 * @param sent how many were made due again
 * @param skipped how many could not be, because their endpoint was removed meanwhile
 * @param cursor where it goes on, or null at the beginning
 * @param note why it ended before its time, or empty
 */
public record ReplayProgress(
    long expected, long sent, long skipped, @Nullable String cursor, String note) {
  static final ReplayProgress NONE = new ReplayProgress(0, 0, 0, null, "");

  /** From 0 to 100; what came to be during the replay may make it stand at 100 before its end. */
  public int percent() {
    return expected == 0 ? 100 : (int) Math.min(100, 100 * (sent + skipped) / expected);
  }

  ReplayProgress and(long moreSent, long moreSkipped, @Nullable String next) {
    return new ReplayProgress(expected, sent + moreSent, skipped + moreSkipped, next, note);
  }
}
