package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the first attempts of recent deliveries, so that a recovery is counted where its
 * failure was, and a delivered one that is resent is not taken for a recovery. Used by one thread.
 */
final class FirstFailures {
  private static final int MAX_FAILED = 20_000;

  /** Number of groups, a power of two. A delivery's id determines its group. */
  private static final int GROUPS = 2_048;

  /** Deliveries of a group; the next one displaces the oldest. They share a line of the cache. */
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
   * Notes an attempt.
   *
   * @param before its delivery as it was before
   * @return when the delivery was first attempted, if that failed and this attempt delivered it for
   *     the first time; otherwise null. A first attempt that is not known, since it was made by
   *     another node or before a restart, counts as made when the delivery was created.
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

  /** Remembers a delivered delivery, and returns whether it was not remembered yet. */
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
