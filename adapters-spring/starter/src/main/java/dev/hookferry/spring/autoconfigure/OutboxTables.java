package dev.hookferry.spring.autoconfigure;

import dev.hookferry.jdbc.outbox.Outbox;
import dev.hookferry.spring.autoconfigure.HookferryProperties.OutboxProperties;
import dev.hookferry.spring.autoconfigure.HookferryProperties.OutboxSchema;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Creates the tables of the outbox if the application requests it and they are missing. Uses a
 * separate connection: if a transaction is running, the pool must have a second one.
 */
final class OutboxTables {
  private OutboxTables() {}

  static void initialize(DataSource dataSource, Outbox outbox, OutboxProperties options) {
    if (options.initializeSchema() == OutboxSchema.NEVER) {
      return;
    }
    // Not the connection of a transaction, which creating tables or looking for them would commit.
    try (Connection connection = JdbcOutbox.managed(dataSource).getConnection()) {
      if (isRequested(connection, options) && !exists(connection, options.table())) {
        create(connection, outbox, options.table());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "cannot create the tables of the outbox; create them with your migrations and set"
              + " hookferry.outbox.initialize-schema=never: "
              + e.getMessage(),
          e);
    }
  }

  private static void create(Connection connection, Outbox outbox, String table)
      throws SQLException {
    try {
      outbox.createTables(connection);
      if (!connection.getAutoCommit()) {
        // A pool rolls back an open transaction when the connection is returned.
        connection.commit();
      }
    } catch (SQLException e) {
      // Another process may have created them at the same time.
      if (!exists(connection, table)) {
        throw e;
      }
    }
  }

  private static boolean isRequested(Connection connection, OutboxProperties options)
      throws SQLException {
    return options.initializeSchema() == OutboxSchema.ALWAYS || InMemoryDatabase.is(connection);
  }

  /** Uses a query, because catalogs differ in the case of names and in what a schema is. */
  private static boolean exists(Connection connection, String table) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(true);
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT MIN(id) FROM " + table)) {
      return rows.next();
    } catch (SQLException e) {
      return false;
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }
}
