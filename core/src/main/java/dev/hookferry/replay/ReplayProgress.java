package dev.hookferry.replay;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a replay.
 *
 * @param expected number of deliveries found at the start, or -1 if there were too many to count
 * @param sent number of deliveries scheduled again
 * @param skipped number of deliveries skipped because they or their endpoints no longer exist
 * @param cursor where to continue, or null to start at the beginning
 * @param note why it ended early, or empty
 */
public record ReplayProgress(
    long expected, long sent, long skipped, @Nullable String cursor, String note) {
  static final ReplayProgress NONE = new ReplayProgress(0, 0, 0, null, "");

  public ReplayProgress {
    Objects.requireNonNull(note, "note");
  }

  /**
   * Returns the progress from 0 to 100, or 0 if there were too many deliveries to count. May reach
   * 100 before the end, because the total is counted at the start.
   */
  public int percent() {
    if (expected < 0) {
      return 0;
    }
    return expected == 0 ? 100 : (int) Math.min(100, 100 * (sent + skipped) / expected);
  }

  ReplayProgress and(long moreSent, long moreSkipped, @Nullable String next) {
    return new ReplayProgress(expected, sent + moreSent, skipped + moreSkipped, next, note);
  }
}
