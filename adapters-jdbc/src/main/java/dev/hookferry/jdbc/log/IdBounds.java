package dev.hookferry.jdbc.log;

import dev.hookferry.query.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which ids the rows of a time can have. An id begins with the time at which it was made (RFC
 * 9562), which is that of its row but for what a clock may have been wrong; so a window of time is
 * a stretch of an index by ids.
 */
final class IdBounds {
  /** What is made within an hour of its time is found by it. */
  static final Duration SLACK = Duration.ofHours(1);

  private static final long MOST_MILLIS = (1L << 48) - 1;

  private IdBounds() {}

  /** Adds conditions on the id, with the cursor's id if there is one. */
  static WhereClause within(TimeWindow window, @Nullable UUID after) {
    return new WhereClause()
        .and("id >= :least_id", "least_id", least(window.since(), SLACK.negated()))
        .and("id < :most_id", "most_id", least(window.until(), SLACK))
        .and("id < :after", "after", after);
  }

  /** The least id of a time, or null if that says nothing. */
  private static @Nullable UUID least(@Nullable Instant time, Duration shift) {
    if (time == null
        || time.isBefore(Instant.EPOCH.plus(SLACK))
        || time.isAfter(Instant.ofEpochMilli(MOST_MILLIS).minus(SLACK))) {
      return null;
    }
    return new UUID(time.plus(shift).toEpochMilli() << 16, 0);
  }
}
