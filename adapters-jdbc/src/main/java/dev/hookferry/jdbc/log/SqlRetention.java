package dev.hookferry.jdbc.log;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.PostgresDialect;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;

/** Removes old events, and prepares the tables so that this is cheap. Thread-safe. */
public interface SqlRetention {
  /** Returns the retention that suits a database best: by whole days if it has partitions. */
  static SqlRetention of(Database database) {
    return database.dialect() instanceof PostgresDialect
        ? new PartitionRetention(database)
        : new RowRetention(database, "");
  }

  /** Prepares the tables for events of this time and of the next days. */
  default void prepare(Instant now) {}

  /** Prepares the tables for events of these days (UTC), which may be far in the past. */
  default void prepare(Set<LocalDate> days) {}

  /** Removes expired events, see {@link dev.hookferry.store.AttemptLog#purge}. */
  long purge(Instant acceptedBefore);
}
