package dev.hookferry.jdbc;

import dev.hookferry.jdbc.config.JdbcConfig;
import dev.hookferry.jdbc.database.ConnectionSource;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.database.Schema;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.TableNames;
import dev.hookferry.jdbc.inspection.FailedMigration;
import dev.hookferry.jdbc.inspection.JdbcInspection;
import dev.hookferry.store.config.Config;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Inspects the database of a store without changing it. */
final class DatabaseInspector {
  private DatabaseInspector() {}

  /**
   * Inspects a database. Blocks.
   *
   * @throws dev.hookferry.store.StoreException if it cannot be reached, or its tables are of a
   *     version that this Hookferry cannot use
   */
  static JdbcInspection of(ConnectionSource source, TableNames names, InstantSource clock) {
    Schema schema = new Schema(source, names);
    FailedMigration failed = schema.failedMigration().orElse(null);
    JdbcInspection server = source.query(connection -> ofServer(connection, source, clock, failed));
    return failed != null || schema.isNew()
        ? server
        : new JdbcInspection(
            server.product(),
            schema.usable(),
            server.clockAhead(),
            server.settings(),
            config(source, names),
            null);
  }

  private static JdbcInspection ofServer(
      Connection connection,
      ConnectionSource source,
      InstantSource clock,
      @Nullable FailedMigration failed)
      throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    return new JdbcInspection(
        data.getDatabaseProductName() + " " + data.getDatabaseProductVersion(),
        failed == null ? "no tables yet" : "incomplete tables",
        clockAhead(connection, source.dialect(), clock),
        source.dialect().settings(connection),
        Config.EMPTY,
        failed);
  }

  /**
   * Returns how far the database's clock is ahead. Compares it with the middle of the round trip,
   * so that a slow network does not look like a clock difference.
   */
  private static Duration clockAhead(Connection connection, Dialect dialect, InstantSource clock)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Instant before = clock.instant();
      try (ResultSet row = statement.executeQuery("SELECT " + dialect.now() + " AS now_at")) {
        Instant after = clock.instant();
        boolean unused = row.next();
        Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
        return Duration.between(
            middle, Objects.requireNonNull(dialect.readTime(row, "now_at"), "now_at"));
      }
    }
  }

  private static Config config(ConnectionSource source, TableNames names) {
    try (Database database = new Database(source.dialect(), source.pool(), names)) {
      return new JdbcConfig(database).load();
    }
  }
}
