package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.dialect.TableNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The versions that the tables have gone through. Each script records its version in {@code
 * hookferry_schema_version}, whichever tool runs it, so that a Hookferry that does not know a
 * version can see whether it may use the tables.
 */
final class TableVersions {
  /** SQLSTATE of a table or schema that does not exist: PostgreSQL, MariaDB, H2. */
  private static final Set<String> MISSING = Set.of("42P01", "42S02", "42S04", "90079");

  /** MariaDB's error code for a database that does not exist. */
  private static final int UNKNOWN_DATABASE = 1049;

  private final List<TableVersion> versions;

  private TableVersions(List<TableVersion> versions) {
    this.versions = versions;
  }

  /**
   * A version of the tables.
   *
   * @param number the version
   * @param compatibleWith the oldest version whose nodes can use these tables
   */
  private record TableVersion(int number, int compatibleWith) {}

  /** Reads the versions; there are none if the tables are missing. */
  static TableVersions read(Connection connection, TableNames names) throws SQLException {
    String sql =
        names.in("SELECT version, compatible_with FROM hookferry_schema_version ORDER BY version");
    List<TableVersion> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(new TableVersion(rows.getInt(1), rows.getInt(2)));
      }
    } catch (SQLException e) {
      if (!isMissing(e)) {
        throw e;
      }
    }
    return new TableVersions(found);
  }

  private static boolean isMissing(SQLException e) {
    return MISSING.contains(String.valueOf(e.getSQLState()))
        || e.getErrorCode() == UNKNOWN_DATABASE;
  }

  /** Returns the newest version; 0 if there are no tables. */
  int newest() {
    return versions.isEmpty() ? 0 : versions.get(versions.size() - 1).number();
  }

  /** Returns whether a node that knows the tables up to a version can use them. */
  boolean areUsableBy(int known) {
    return versions.stream()
        .filter(version -> version.number() > known)
        .allMatch(version -> version.compatibleWith() <= known);
  }
}
