package dev.hookferry.jdbc.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Sets the options that our transactions need on a connection that belongs to the application.
 * Stateless.
 */
@FunctionalInterface
public interface ConnectionPreparation {
  /** Restores the settings that a connection had before. */
  @FunctionalInterface
  interface Restoration {
    /** Restores them; no transaction is open. */
    void restore() throws SQLException;
  }

  /**
   * Prepares a connection that is in manual-commit mode and has no transaction yet.
   *
   * @return an action that restores it after its transactions
   */
  Restoration prepare(Connection connection) throws SQLException;

  /** Returns a preparation that ends with the transaction. */
  static ConnectionPreparation of(String sql) {
    return connection -> {
      execute(connection, sql);
      return () -> {};
    };
  }

  /** Returns a preparation that sets the isolation level, unless it is the right one. */
  static ConnectionPreparation readCommitted() {
    return connection -> {
      int before = connection.getTransactionIsolation();
      if (before == Connection.TRANSACTION_READ_COMMITTED) {
        return () -> {};
      }
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      return () -> connection.setTransactionIsolation(before);
    };
  }

  /** Returns this preparation, followed by a statement and at the end by another. */
  default ConnectionPreparation and(String sql, String atEnd) {
    return connection -> {
      Restoration first = prepare(connection);
      execute(connection, sql);
      return () -> {
        execute(connection, atEnd);
        first.restore();
      };
    };
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
