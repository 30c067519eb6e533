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
    /** Restores the settings; no transaction is open at this point. */
    void restore() throws SQLException;
  }

  /**
   * Prepares a connection that is in manual-commit mode and has no transaction yet.
   *
   * @return an action that restores it after its transactions
   */
  Restoration prepare(Connection connection) throws SQLException;

  /** Returns a preparation by SQL whose effect ends with the transaction. */
  static ConnectionPreparation of(String sql) {
    return connection -> {
      execute(connection, sql);
      return () -> {};
    };
  }

  /** Returns a preparation that sets the isolation level to READ COMMITTED if it differs. */
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

  /**
   * Returns this preparation, followed by a statement, with another statement to run first when
   * settings are restored.
   */
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
