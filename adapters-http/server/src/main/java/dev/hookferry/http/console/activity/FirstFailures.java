package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Memory of the first attempts of recent deliveries. With it, a recovery is subtracted where its
 * failure was counted, and a resend of a delivered one is not mistaken for a recovery. Not
 * thread-safe.
 */
final class FirstFailures {
  private static final int MAX_FAILED = 20_000;

  /** Number of groups, a power of two. A delivery's id determines its group. */
  private static final int GROUPS = 2_048;

  /**
   * Number of deliveries in a group; a new one displaces the oldest. A group fits in one cache
   * line.
   */
  private static final int GROUP = 8;

  private final long[] delivered = new long[GROUPS * GROUP];
  private final byte[] oldest = new byte[GROUPS];
  private final Map<Long, Instant> failed =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Instant> eldest) {
          return size() > MAX_FAILED;
        }
      };

  /**
   * Records an attempt.
   *
   * @param before the delivery before the attempt
   * @return the time of the delivery's first attempt, if that failed and this attempt delivered it
   *     for the first time; otherwise null. If the first attempt is unknown because another node or
   *     an earlier run made it, the time when the delivery was created
   */
  @Nullable Instant recovered(Attempt attempt, Delivery before) {
    long bits = attempt.delivery().value().getLeastSignificantBits();
    boolean isFirst = before.attempts() == 0;
    if (!attempt.outcome().isSuccess()) {
      if (isFirst) {
        failed.put(bits, attempt.startedAt());
      }
      return null;
    }
    if (!isNew(bits) || isFirst) {
      return null;
    }
    Instant first = failed.remove(bits);
    return first == null ? before.createdAt() : first;
  }

  /** Remembers a successful delivery. Returns whether it was new. */
  private boolean isNew(long bits) {
    int group = (int) bits & GROUPS - 1;
    for (int i = group * GROUP; i < (group + 1) * GROUP; i++) {
      if (delivered[i] == bits) {
        return false;
      }
    }
    delivered[group * GROUP + oldest[group]] = bits;
    oldest[group] = (byte) ((oldest[group] + 1) % GROUP);
    return true;
  }
}
