package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The scripts of databases that are not run here: H2 executes them in the mode of each, which finds
 * mistakes in the syntax, in types and in defaults.
 */
public final class OutboxScriptTest {
  @ParameterizedTest
  @CsvSource({"MYSQL, MySQL", "ORACLE, Oracle", "SQLSERVER, MSSQLServer"})
  void theScriptMakesTablesThatAPlainInsertAndARelayCanUse(OutboxDialect dialect, String mode)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:;MODE=" + mode);
        Statement statement = connection.createStatement()) {
      addMissingFunctions(statement);
      for (String part : dialect.ddl().split(";")) {
        if (!part.isBlank()) {
          statement.execute(part);
        }
      }
      String table = OutboxOptions.TABLE;
      insert(statement, table, "1");
      insert(statement, table, "2");
      try (ResultSet rows =
          statement.executeQuery(dialect.lock("id, site, event_id, created_at", table, 0, 500))) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("site")).isEqualTo("default");
        assertThat(rows.getString("event_id")).matches("[a-f0-9-]{32,36}");
        assertThat(dialect.readTime(rows, "created_at")).isNotNull();
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong("id")).isEqualTo(2);
      }
      statement.execute(
          "INSERT INTO "
              + table
              + "_rejected (event_id, site, type, data, created_at, reason)"
              + " SELECT event_id, site, type, data, created_at, 'too large' FROM "
              + table);
      assertThat(statement.executeUpdate("DELETE FROM " + table)).isEqualTo(2);
    }
  }

  private static void insert(Statement statement, String table, String data) throws SQLException {
    statement.execute(
        "INSERT INTO %s (type, data) VALUES ('license_created', '%s')".formatted(table, data));
  }

  /** Adds the functions that H2 does not have in any mode. */
  private static void addMissingFunctions(Statement statement) throws SQLException {
    String name = OutboxScriptTest.class.getName();
    statement.execute("CREATE ALIAS SYSDATETIMEOFFSET FOR '" + name + ".now'");
    statement.execute("CREATE ALIAS UTC_TIMESTAMP FOR '" + name + ".utc'");
  }

  /** Stands for SQL Server's function; called by H2. */
  public static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }

  /** Stands for MySQL's function; called by H2. */
  public static LocalDateTime utc(int digits) {
    return LocalDateTime.now(ZoneOffset.UTC);
  }
}
