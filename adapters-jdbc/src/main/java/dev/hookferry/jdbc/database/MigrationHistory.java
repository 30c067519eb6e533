package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.dialect.TableNames;
import dev.hookferry.jdbc.inspection.FailedMigration;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Reads the migration history that Flyway keeps, without using Flyway. */
final class MigrationHistory {
  /** Prefix of the SQLSTATEs for objects that are missing or may not be read. */
  private static final String UNREADABLE = "42";

  private MigrationHistory() {}

  /**
   * Returns the first failed migration; empty if none has failed, or if there is no history,
   * because the tables were created without Flyway.
   *
   * @param currentVersion the version of the tables; 0 if there are none
   */
  static Optional<FailedMigration> failed(
      Connection connection, TableNames names, int currentVersion) throws SQLException {
    String sql =
        names.in(
            "SELECT version FROM hookferry_schema_history"
                + " WHERE success = FALSE ORDER BY installed_rank");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        return Optional.empty();
      }
      String version = String.valueOf(rows.getString(1));
      return Optional.of(new FailedMigration(version, remedy(version, currentVersion, names)));
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith(UNREADABLE)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String remedy(String version, int currentVersion, TableNames names) {
    boolean isNewer = version.matches("[0-9]{1,9}") && Integer.parseInt(version) > Schema.newest();
    return isNewer
        ? "a newer version of Hookferry began it: start that version again"
        : remedy(currentVersion, names);
  }

  /**
   * Returns the remedy for tables that a script has left incomplete.
   *
   * @param currentVersion the version that they had before; 0 if there were none
   */
  static String remedy(int currentVersion, TableNames names) {
    return currentVersion == 0
        ? "nothing was stored in them yet: drop every table whose name begins with %s, and start again"
            .formatted(names.prefix())
        : "restore a backup of the database, and start again";
  }
}
