package dev.hookferry.jdbc;

import dev.hookferry.jdbc.database.ConnectionSettings;
import dev.hookferry.jdbc.database.ConnectionSource;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.TableNames;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database of a test class, created empty and dropped afterwards. */
public interface TestDatabase extends AutoCloseable {
  /** All tables a store writes to, except the version of the configuration. */
  List<String> TABLES =
      List.of(
          "hookferry_owner",
          "hookferry_event_id",
          "hookferry_event",
          "hookferry_delivery_queue",
          "hookferry_delivery",
          "hookferry_attempt",
          "hookferry_config_entry",
          "hookferry_audit",
          "hookferry_replay",
          "hookferry_tally",
          "hookferry_session",
          "hookferry_key_queue",
          "hookferry_key_waiting",
          "hookferry_transfer");

  /** Its URL, with whatever is needed to log in. */
  String url();

  /**
   * Takes everything out of it that a store has put there. It is little, so deleting in one
   * transaction costs a fraction of truncating, which makes every table's files anew.
   */
  default void empty() {
    empty(TableNames.standard(Dialect.of(url())));
  }

  /** Takes everything out of the tables with other names. */
  default void empty(TableNames names) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String table : TABLES) {
        statement.addBatch(names.in("DELETE FROM " + table));
      }
      if (Dialect.of(url()).hasFieldTable()) {
        statement.addBatch(names.in("DELETE FROM hookferry_event_field"));
      }
      statement.addBatch(names.in("UPDATE hookferry_config SET version = 0, forgotten = 0"));
      statement.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  default Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /** Connects as a store does. */
  default Database connectAsStore() {
    ConnectionSource source = ConnectionSource.of(new ConnectionSettings(url(), null, null, 2));
    return new Database(source.dialect(), source.pool(), TableNames.standard(source.dialect()));
  }

  default void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The first column of all rows. */
  default List<String> query(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  void close();
}
