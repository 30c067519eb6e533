package dev.hookferry.jdbc.delivery;

import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.order.QueuePlace;
import dev.hookferry.observe.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Counts pending deliveries: exactly while that is cheap, otherwise every few seconds. Thread-safe.
 */
final class BacklogCount {
  private static final int CHEAP = 10_000;
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Database database;
  private final RowReader reading;
  private final LongSupplier nanoTime;
  private volatile @Nullable Counted last;

  /**
   * Creates a count.
   *
   * @param nanoTime a clock that never goes back, unlike the database's
   */
  BacklogCount(Database database, LongSupplier nanoTime) {
    this.database = database;
    reading = new RowReader(database.dialect());
    this.nanoTime = nanoTime;
  }

  /**
   * The result of a count.
   *
   * @param oldest the earliest due time per endpoint; only endpoints with deliveries that have a
   *     due time
   * @param at when the count was taken, as {@code nanoTime}
   */
  private record Counted(long pending, Map<EndpointId, Instant> oldest, long at) {
    Backlog backlog(Predicate<EndpointId> isActive) {
      Instant first =
          oldest.entrySet().stream()
              .filter(endpoint -> isActive.test(endpoint.getKey()))
              .map(Map.Entry::getValue)
              .min(Comparator.naturalOrder())
              .orElse(null);
      return new Backlog(pending, first);
    }
  }

  Backlog count(Predicate<EndpointId> isActive) {
    return database.query(this::count).backlog(isActive);
  }

  private Counted count(Handle handle) {
    long now = nanoTime.getAsLong();
    Counted some =
        count(
            handle,
            "(SELECT endpoint_id, due_at FROM hookferry_delivery_queue LIMIT " + (CHEAP + 1) + ")",
            now);
    if (some.pending() <= CHEAP) {
      return some;
    }
    Counted before = last;
    if (before != null && now - before.at() < FRESH.toNanos()) {
      return before;
    }
    Counted counted = count(handle, "hookferry_delivery_queue", now);
    last = counted;
    return counted;
  }

  /** Counts all endpoints in one pass over the queue, so that the result serves every caller. */
  private Counted count(Handle handle, String table, long now) {
    Map<EndpointId, Instant> oldest = new HashMap<>();
    long pending =
        handle
            .createQuery(
                "SELECT endpoint_id, count(*) AS pending, min(due_at) AS oldest FROM "
                    + table
                    + " q GROUP BY endpoint_id")
            .map(
                (row, context) -> {
                  Instant due = QueuePlace.due(database.dialect().readTime(row, "oldest"));
                  if (due != null) {
                    oldest.put(new EndpointId(reading.uuid(row, "endpoint_id")), due);
                  }
                  return row.getLong("pending");
                })
            .stream()
            .mapToLong(Long::longValue)
            .sum();
    return new Counted(pending, oldest, now);
  }
}
