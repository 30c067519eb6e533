package dev.hookferry.jdbc.log;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.PostgresDialect;
import java.time.Instant;

/** How old events are forgotten, and what is done early so that it will be cheap. */
public interface SqlRetention {
  /** Returns the retention that suits a database best: whole days where it has partitions. */
  static SqlRetention of(Database database) {
    return database.dialect() instanceof PostgresDialect
        ? new PartitionRetention(database)
        : new RowRetention(database, "");
  }

  /** Does what should be done before events of this time and of the next days come. */
  default void prepare(Instant now) {}

  /** See {@link dev.hookferry.store.AttemptLog#forget}. */
  long forget(Instant acceptedBefore);
}
