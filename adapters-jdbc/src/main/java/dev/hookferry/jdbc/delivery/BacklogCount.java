package dev.hookferry.jdbc.delivery;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.order.QueuePlace;
import dev.hookferry.observe.Backlog;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Counts pending deliveries: exactly while that is cheap, otherwise every few seconds. Thread-safe.
 */
final class BacklogCount {
  private static final int CHEAP = 10_000;
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final Database database;
  private final LongSupplier nanoTime;
  private volatile @Nullable Counted last;

  /**
   * Creates a count.
   *
   * @param nanoTime a clock that never goes back, unlike that of the database
   */
  BacklogCount(Database database, LongSupplier nanoTime) {
    this.database = database;
    this.nanoTime = nanoTime;
  }

  private record Counted(Backlog backlog, long at) {}

  Backlog count() {
    return database.look(this::count);
  }

  private Backlog count(Handle handle) {
    Backlog some =
        count(handle, "(SELECT due_at FROM hookferry_delivery_queue LIMIT " + (CHEAP + 1) + ")");
    if (some.pending() <= CHEAP) {
      return some;
    }
    long now = nanoTime.getAsLong();
    Counted before = last;
    if (before != null && now - before.at() < FRESH.toNanos()) {
      return before.backlog();
    }
    Counted counted = new Counted(count(handle, "hookferry_delivery_queue"), now);
    last = counted;
    return counted.backlog();
  }

  private Backlog count(Handle handle, String table) {
    return handle
        .createQuery("SELECT count(*) AS pending, min(due_at) AS oldest FROM " + table + " q")
        .map(
            (row, context) ->
                new Backlog(
                    row.getLong("pending"),
                    QueuePlace.due(database.dialect().readTime(row, "oldest"))))
        .one();
  }
}
