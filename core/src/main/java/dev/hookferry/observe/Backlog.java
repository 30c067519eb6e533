package dev.hookferry.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pending work of the whole store.
 *
 * @param pending number of pending deliveries, owned or not
 * @param oldestDue the earliest due time among them, or null if none of them has one; deliveries
 *     that block their ordering key, wait for their turn, are held, or wait for their receiver have
 *     none
 */
public record Backlog(long pending, @Nullable Instant oldestDue) {
  /** A backlog whose oldest delivery is overdue for longer than this is late. */
  public static final Duration LATE = Duration.ofMinutes(5);

  /** Returns how long the oldest delivery has been overdue; zero if none is. */
  public Duration lateness(Instant now) {
    Objects.requireNonNull(now, "now");
    return oldestDue == null || oldestDue.isAfter(now)
        ? Duration.ZERO
        : Duration.between(oldestDue, now);
  }

  /** Returns whether the oldest delivery has been overdue for longer than {@link #LATE}. */
  public boolean isLate(Instant now) {
    return lateness(now).compareTo(LATE) > 0;
  }
}
