package dev.hookferry.spring.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Distinguishes in-memory databases, as used in development and tests, from persistent ones. */
final class InMemoryDatabase {
  private InMemoryDatabase() {}

  /**
   * Returns whether a database is an in-memory H2 database.
   *
   * @throws IllegalStateException if the database cannot be reached
   */
  static boolean is(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return is(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "cannot connect to the application's database: " + e.getMessage(), e);
    }
  }

  static boolean is(Connection connection) throws SQLException {
    return String.valueOf(connection.getMetaData().getURL()).startsWith("jdbc:h2:mem:");
  }
}
