package dev.hookferry.jdbc.log;

import dev.hookferry.query.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on ids for a time window. An id begins with the time it was generated (UUIDv7, RFC 9562),
 * which equals the time of its row except for clock errors, so a time window is a range of an index
 * by id.
 */
final class IdBounds {
  /** Largest difference allowed between the time of an id and the time of its row. */
  static final Duration SLACK = Duration.ofHours(1);

  private static final long MAX_MILLIS = (1L << 48) - 1;

  private IdBounds() {}

  /** Returns conditions on the id for a time window, and for the cursor's id if there is one. */
  static WhereClause within(TimeWindow window, @Nullable UUID after) {
    return new WhereClause()
        .and("id >= :least_id", "least_id", minId(window.since(), SLACK.negated()))
        .and("id < :most_id", "most_id", minId(window.until(), SLACK))
        .and("id < :after", "after", after);
  }

  /** Returns the smallest id of a time; null if there is no bound. */
  private static @Nullable UUID minId(@Nullable Instant time, Duration shift) {
    if (time == null
        || time.isBefore(Instant.EPOCH.plus(SLACK))
        || time.isAfter(Instant.ofEpochMilli(MAX_MILLIS).minus(SLACK))) {
      return null;
    }
    return new UUID(time.plus(shift).toEpochMilli() << 16, 0);
  }
}
