package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What a session of PostgreSQL is told. */
final class PostgresSettingsTest {
  private static final String SETTING = "constraint_exclusion";

  @Test
  void prefersABetterValueWhereTheServerKnowsItAndNobodyHasChosen() throws SQLException {
    try (NetworkDatabase database = new Postgres();
        Connection session = database.connect();
        Statement statement = session.createStatement()) {
      assertThat(after(statement, "partition", "unheard-of")).isEqualTo("partition");
      assertThat(after(statement, "partition", "on")).isEqualTo("on");
      assertThat(after(statement, "partition", "off")).isEqualTo("on");
    }
  }

  private static String after(Statement statement, String usual, String better)
      throws SQLException {
    statement.execute(PostgresDialect.prefer(SETTING, usual, better));
    try (ResultSet value = statement.executeQuery("SHOW " + SETTING)) {
      value.next();
      return value.getString(1);
    }
  }
}
