package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.commit.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables in a schema of their own, beside an application that has migrations with Flyway. */
final class OwnSchemaTest {
  private static final String SCHEMA = "hookferry_own_" + ProcessHandle.current().pid();

  @TempDir Path folder;

  private static JdbcStoreOptions options(TestDatabase database) {
    return JdbcStoreOptions.of(database.url()).withPoolSize(4).withSchema(SCHEMA);
  }

  /** Migrates the application, whose scripts and whose Flyway know nothing of us. */
  private void migrateApplication(TestDatabase database) throws IOException {
    Path scripts = Files.createDirectories(folder.resolve("scripts"));
    Files.writeString(
        scripts.resolve("V1__customers.sql"), "CREATE TABLE customer (id int PRIMARY KEY)");
    Flyway.configure()
        .dataSource(Dialect.of(database.url()).settle(database.url()), null, null)
        .locations("filesystem:" + scripts)
        .load()
        .migrate();
  }

  @ParameterizedTest
  @EnumSource
  void theApplicationCanMigrateFirstOrLast(Kind kind) throws IOException {
    for (boolean weAreFirst : List.of(true, false)) {
      try (TestDatabase database = kind.create()) {
        startBoth(database, weAreFirst);
        startAgainInOneSchema(database);
        if (kind == Kind.MARIADB) {
          database.execute("DROP DATABASE " + SCHEMA);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theApplicationCanMigrateFirstOrLastInAFile(boolean weAreFirst) throws IOException {
    startBoth(new H2File(folder), weAreFirst);
    startAgainInOneSchema(new H2File(folder));
  }

  /** As the manual tells those who share one schema: the application has migrated before. */
  private void startAgainInOneSchema(TestDatabase database) throws IOException {
    JdbcStoreOptions shared = JdbcStoreOptions.of(database.url()).withSchema("");
    JdbcStore.open(shared).close();
    migrateApplication(database);
    JdbcStore.open(shared).close();
    assertThat(tables(database, database instanceof MariaDb ? "DATABASE()" : "'public'"))
        .contains("customer", "hookferry_event", "hookferry_schema_history");
  }

  private void startBoth(TestDatabase database, boolean weAreFirst) throws IOException {
    if (!weAreFirst) {
      migrateApplication(database);
    }
    JdbcStore.open(options(database)).close();
    if (weAreFirst) {
      migrateApplication(database);
    }
    migrateApplication(database);
    assertThat(tables(database, "'" + SCHEMA + "'"))
        .contains("hookferry_event", "hookferry_schema_history")
        .doesNotContain("customer");
    assertThat(tables(database, database instanceof MariaDb ? "DATABASE()" : "'public'"))
        .contains("customer")
        .noneMatch(name -> name.startsWith("hookferry_"));
    assertWorks(database);
  }

  private static List<String> tables(TestDatabase database, String schema) {
    return database.query(
        "SELECT lower(table_name) FROM information_schema.tables WHERE lower(table_schema) = "
            + schema);
  }

  private static void assertWorks(TestDatabase database) {
    Delivery delivery;
    EndpointId endpoint;
    try (TestNode node = new TestNode(options(database), 1)) {
      endpoint = node.samples.endpoint();
      Batch batch = node.oneEvent(endpoint);
      node.commit(batch);
      delivery = TestNode.delivery(batch);
    }
    try (TestNode node = new TestNode(options(database), 2)) {
      ClaimRequest claim =
          new ClaimRequest(Map.of(endpoint, 10), 10, Long.MAX_VALUE, TestNode.FAR_AHEAD);
      assertThat(node.store.deliveries().claim(node.owner, claim).work())
          .extracting(ClaimResult.Work::delivery)
          .containsExactly(delivery);
      assertThat(node.store.log().purge(TestNode.FAR_AHEAD)).isZero();
      assertThat(node.store.info().bytes()).isPositive();
    }
  }

  /** Settings that a server can give, whose configuration has only a URL. */
  @Test
  void urlCanNameAnExistingSchema() {
    try (TestDatabase database = new Postgres()) {
      database.execute("CREATE SCHEMA " + SCHEMA);
      JdbcStore.open(JdbcStoreOptions.of(database.url() + "&currentSchema=" + SCHEMA)).close();

      assertThat(tables(database, "'" + SCHEMA + "'")).contains("hookferry_event");
      assertThat(tables(database, "'public'")).isEmpty();
    }
  }

  /** The reason for the option. */
  @Test
  void inTheSameSchemaTheApplicationMustMigrateFirst() throws IOException {
    TestDatabase database = new H2File(folder);
    JdbcStore.open(JdbcStoreOptions.of(database.url())).close();

    assertThatThrownBy(() -> migrateApplication(database))
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("non-empty schema");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "Hookferry", "1st", "a-b", "a b", "a\"; DROP TABLE x"})
  void aNameThatNeedsQuotesIsRefused(String name) {
    JdbcStoreOptions options = JdbcStoreOptions.of("jdbc:postgresql://db/app");

    assertThatThrownBy(() -> options.withSchema(name))
        .isInstanceOfSatisfying(
            InvalidException.class,
            e -> assertThat(e.problems().get(0).field()).isEqualTo("schema"));
  }
}
