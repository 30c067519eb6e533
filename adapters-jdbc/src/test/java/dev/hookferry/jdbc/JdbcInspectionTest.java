package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.jdbc.inspection.JdbcInspection;
import dev.hookferry.jdbc.inspection.ServerSetting;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Inspections of a database without a store, and of one that is in use. */
final class JdbcInspectionTest {
  /** The duration of the round trip to the database, by the clock that the inspection is given. */
  private static final Duration LEAP = Duration.ofHours(20);

  /** The most by which the clock of a database server on another machine may differ. */
  private static final Duration SLACK = Duration.ofMinutes(10);

  @Test
  void looksIntoPostgres() {
    try (NetworkDatabase database = new Postgres()) {
      JdbcInspection seen = inspected(database, "PostgreSQL ");
      assertThat(seen.settings())
          .extracting(ServerSetting::name)
          .containsExactly("autovacuum", "fsync", "full_page_writes", "synchronous_commit");
      assertThat(seen.settings().get(1))
          .returns("off", ServerSetting::value)
          .returns(true, ServerSetting::isFatal)
          .returns(
              "a crash of the machine can lose accepted events; turn it on", ServerSetting::harm);
    }
  }

  @Test
  void looksIntoMariaDb() {
    try (NetworkDatabase database = new MariaDb()) {
      JdbcInspection seen = inspected(database, "MariaDB ");
      assertThat(seen.settings())
          .extracting(ServerSetting::name)
          .containsExactly("innodb_flush_log_at_trx_commit", "sync_binlog", "max_allowed_packet");
      ServerSetting flush = seen.settings().get(0);
      assertThat(flush.isFatal()).isEqualTo(!flush.value().equals("1"));
    }
  }

  private static JdbcInspection inspected(NetworkDatabase database, String product) {
    JdbcStoreOptions options = JdbcStoreOptions.of(database.url());
    AtomicInteger readings = new AtomicInteger();
    Instant earliest = Instant.now().minus(SLACK);
    JdbcInspection before =
        JdbcStore.inspect(
            options, () -> Instant.EPOCH.plus(LEAP.multipliedBy(readings.getAndIncrement())));
    assertThat(before.product()).startsWith(product);
    assertThat(before.layout()).isEqualTo("no tables yet");
    assertThat(before.config()).isSameAs(Config.EMPTY);
    assertThat(readings).as("before and after the round trip").hasValue(2);
    assertThat(Instant.EPOCH.plus(LEAP.dividedBy(2)).plus(before.clockAhead()))
        .as("time of the database")
        .isBetween(earliest, Instant.now().plus(SLACK));
    assertThat(JdbcStore.inspect(options, InstantSource.system()).layout())
        .isEqualTo("no tables yet");
    try (JdbcStore store = JdbcStore.open(options)) {
      assertThat(store.config().save(List.of(new ConfigChange.PutRotation("mk_1")), 0))
          .contains(1L);
      JdbcInspection used = JdbcStore.inspect(options, InstantSource.system());
      assertThat(used.layout()).isEqualTo("tables of version 1");
      assertThat(used.config()).isEqualTo(store.config().load());
    }
    return before;
  }

  @Test
  void findsAFailedMigrationInPostgres() throws SQLException {
    try (NetworkDatabase database = new Postgres()) {
      findsAFailedMigration(database);
    }
  }

  @Test
  void findsAFailedMigrationInMariaDb() throws SQLException {
    try (NetworkDatabase database = new MariaDb()) {
      findsAFailedMigration(database);
    }
  }

  private static void findsAFailedMigration(NetworkDatabase database) throws SQLException {
    JdbcStoreOptions options = JdbcStoreOptions.of(database.url());
    JdbcStore.open(options).close();
    assertThat(JdbcStore.inspect(options, InstantSource.system()).failedMigration()).isNull();
    String failing = "UPDATE hookferry_schema_history SET success = FALSE";
    assertThat(remedy(database, options, failing)).startsWith("restore a backup of the database");
    assertThat(remedy(database, options, "UPDATE hookferry_schema_history SET version = '9'"))
        .startsWith("a newer version of Hookferry began it");
    assertThat(
            remedy(
                database,
                options,
                "UPDATE hookferry_schema_history SET version = '1'",
                "DELETE FROM hookferry_schema_version"))
        .startsWith("nothing was stored in them yet: drop every table")
        .contains("hookferry_");
    assertThatThrownBy(() -> JdbcStore.open(options).close())
        .hasMessageContaining("nothing was stored in them yet: drop every table");
  }

  private static String remedy(NetworkDatabase database, JdbcStoreOptions options, String... sql)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.url());
        Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.execute(one);
      }
    }
    JdbcInspection seen = JdbcStore.inspect(options, InstantSource.system());
    assertThat(seen.layout()).isEqualTo("incomplete tables");
    assertThat(seen.config()).isSameAs(Config.EMPTY);
    return seen.failedMigration().remedy();
  }

  @Test
  void reportsStoresItCannotInspect() {
    assertThatThrownBy(
            () ->
                JdbcStore.inspect(
                    JdbcStoreOptions.of("jdbc:h2:file:./target/never"), InstantSource.system()))
        .isInstanceOf(InvalidException.class);
    assertThatThrownBy(
            () ->
                JdbcStore.inspect(
                    JdbcStoreOptions.of("jdbc:postgresql://127.0.0.1:1/x"), InstantSource.system()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("127.0.0.1:1");
  }
}
