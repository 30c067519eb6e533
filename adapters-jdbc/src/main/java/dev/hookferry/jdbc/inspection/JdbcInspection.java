package dev.hookferry.jdbc.inspection;

import dev.hookferry.jdbc.config.JdbcConfig;
import dev.hookferry.jdbc.database.ConnectionSource;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.database.Schema;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.ServerSetting;
import dev.hookferry.jdbc.dialect.TableNames;
import dev.hookferry.store.config.Config;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * Inspection of a store's database. Changes nothing, and servers may use the store meanwhile.
 *
 * @param product name and version of the database server
 * @param layout the version of the tables, in words
 * @param clockAhead how far the database's clock is ahead of the given one; negative if it is
 *     behind
 * @param settings the server's settings that matter
 * @param config the stored configuration; {@link Config#EMPTY} if there are no tables yet
 */
public record JdbcInspection(
    String product,
    String layout,
    Duration clockAhead,
    List<ServerSetting> settings,
    Config config) {
  public JdbcInspection {
    Objects.requireNonNull(product, "product");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(clockAhead, "clockAhead");
    settings = List.copyOf(settings);
    Objects.requireNonNull(config, "config");
  }

  /**
   * Looks at a database. Blocks.
   *
   * @throws dev.hookferry.store.StoreException if it cannot be reached, or its tables are of a
   *     version that this Hookferry cannot use
   */
  public static JdbcInspection of(ConnectionSource source, TableNames names, InstantSource clock) {
    JdbcInspection server = source.look(connection -> ofServer(connection, source, clock));
    Schema schema = new Schema(source, names);
    return schema.isNew()
        ? server
        : new JdbcInspection(
            server.product,
            schema.usable(),
            server.clockAhead,
            server.settings,
            config(source, names));
  }

  private static JdbcInspection ofServer(
      Connection connection, ConnectionSource source, InstantSource clock) throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    return new JdbcInspection(
        data.getDatabaseProductName() + " " + data.getDatabaseProductVersion(),
        "no tables yet",
        clockAhead(connection, source.dialect(), clock),
        source.dialect().settings(connection),
        Config.EMPTY);
  }

  /**
   * Compares with the middle of the round trip, so that a slow network does not look like a clock.
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
