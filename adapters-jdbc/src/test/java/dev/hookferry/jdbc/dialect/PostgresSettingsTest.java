package dev.hookferry.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.jdbc.NetworkDatabase;
import dev.hookferry.jdbc.Postgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Settings of PostgreSQL sessions, and the refusal of a server that is not durable. */
final class PostgresSettingsTest {
  private static final String SETTING = "constraint_exclusion";

  @Test
  void prefersABetterValueUnlessTheUserChoseOne() throws SQLException {
    try (NetworkDatabase database = new Postgres();
        Connection session = database.connect();
        Statement statement = session.createStatement()) {
      assertThat(after(statement, "partition", "unheard-of")).isEqualTo("partition");
      assertThat(after(statement, "partition", "on")).isEqualTo("on");
      assertThat(after(statement, "partition", "off")).isEqualTo("on");
    }
  }

  @Test
  void warnsOfAServerThatForcesNothingAndCleansUpNothing() throws IOException {
    try (EmbeddedPostgres careless =
            EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("autovacuum", "off")
                .start();
        Handle handle = Jdbi.open(careless.getPostgresDatabase())) {
      assertThat(UnsafeSettingsTest.logged(PostgresSettings.unsafe(handle)))
          .satisfiesExactly(
              first ->
                  assertThat(first)
                      .startsWith("SEVERE unsafe server setting name=fsync value=off reason=")
                      .contains("turn it on"),
              second ->
                  assertThat(second)
                      .startsWith("WARNING unsafe server setting name=autovacuum value=off reason=")
                      .contains("turn it on"));
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
