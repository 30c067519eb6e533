package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.query.AttemptQuery;
import java.nio.file.Path;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attempts that were logged before there was anything to tell of their time and headers. */
final class OldAttemptsTest {
  @ParameterizedTest
  @EnumSource
  void areStillRead(Kind kind) {
    try (TestDatabase database = kind.create()) {
      areStillRead(database);
    }
  }

  @Test
  void areStillReadInAFile(@TempDir Path folder) {
    areStillRead(new H2File(folder));
  }

  private static void areStillRead(TestDatabase database) {
    makeTablesOfVersionFive(database);
    database.execute(attempt(database));

    try (JdbcStore store = JdbcStore.open(JdbcStoreOptions.of(database.url()).withPoolSize(2))) {
      assertThat(store.log().attempts(AttemptQuery.all(SiteId.DEFAULT)).data())
          .extracting(Attempt::outcome)
          .containsExactly(
              Outcome.answered(
                  new Response(500, Payload.of("no"), false, "text/plain", null),
                  Duration.ofMillis(17)));
    }
  }

  private static void makeTablesOfVersionFive(TestDatabase database) {
    Dialect dialect = Dialect.of(database.url());
    Flyway.configure(OldAttemptsTest.class.getClassLoader())
        .dataSource(dialect.settle(database.url()), null, null)
        .locations("classpath:dev/hookferry/jdbc/migration/" + dialect.folder())
        .table("hookferry_schema_history")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .target("5")
        .load()
        .migrate();
  }

  private static String attempt(TestDatabase database) {
    String sql =
        """
        INSERT INTO hookferry_attempt (site, id, delivery_id, endpoint_id, event_id, type,
          accepted_at, number, started_at, took_ms, url, outcome, status, detail,
          response_content_type, response_retry_after, response_truncated, response_body)
        VALUES ('default', ID, ID, ID, 'evt_1', 'license_created', '2026-03-01 10:00:00', 1,
          '2026-03-01 10:00:00', 17, 'https://a.example/', 'http_error', 500,
          'the receiver answered 500', 'text/plain', NULL, false, 'no')
        """;
    String hex = "0123456789abcdef0123456789abcdef";
    return sql.replace(
        "ID", database instanceof MariaDb ? "UNHEX('" + hex + "')" : "CAST('" + hex + "' AS uuid)");
  }
}
