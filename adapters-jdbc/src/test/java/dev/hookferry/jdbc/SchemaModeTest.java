package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.store.StoreException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that a product creates with its own tools. */
final class SchemaModeTest {
  private static final String SCHEMA = "hookferry_mode_" + ProcessHandle.current().pid();

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void printedScriptIsSufficient(Kind kind) {
    try (TestDatabase database = kind.create()) {
      runsOnTablesOfTheScript(database, JdbcStoreOptions.of(database.url()).withPoolSize(2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePrintedScriptHasSchemaAndPrefix(Kind kind) {
    try (TestDatabase database = kind.create()) {
      runsOnTablesOfTheScript(database, elsewhere(database));
      if (kind == Kind.MARIADB) {
        database.execute("DROP DATABASE " + SCHEMA);
      }
    }
  }

  @Test
  void printedScriptIsSufficientForAFile() {
    TestDatabase database = new H2File(folder);
    runsOnTablesOfTheScript(database, JdbcStoreOptions.of(database.url()).withPoolSize(2));
  }

  @Test
  void thePrintedScriptHasSchemaAndPrefixInAFile() {
    TestDatabase database = new H2File(folder);
    runsOnTablesOfTheScript(database, elsewhere(database));
  }

  private static JdbcStoreOptions elsewhere(TestDatabase database) {
    return JdbcStoreOptions.of(database.url())
        .withPoolSize(2)
        .withSchema(SCHEMA)
        .withTablePrefix("shop_");
  }

  private static void runsOnTablesOfTheScript(TestDatabase database, JdbcStoreOptions options) {
    JdbcStoreOptions validating = options.withSchemaMode(SchemaMode.VALIDATE);
    assertThatThrownBy(() -> JdbcStore.open(validating))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(options.place())
        .hasMessageContaining("missing")
        .hasMessageContaining("hookferry store ddl --dialect " + dialect(database))
        .hasMessageContaining(
            "dev/hookferry/jdbc/migration/" + dialect(database) + "/V1__baseline.sql");

    run(database, options.ddl(dialect(database)));

    works(validating);
    works(options.withSchemaMode(SchemaMode.NONE));
    // Whoever changes their mind can have the next versions migrated.
    works(options);
    works(validating);
  }

  private static String dialect(TestDatabase database) {
    return Dialect.of(database.url()).folder();
  }

  private static void works(JdbcStoreOptions options) {
    try (TestNode node = new TestNode(options, 1)) {
      node.commit(node.oneEvent(node.samples.endpoint()));
      String layout = options.schemaMode() == SchemaMode.NONE ? "not checked" : "version 1";
      assertThat(node.store.info().layout()).contains(layout);
      node.store.log().purge(TestNode.FAR_AHEAD);
    }
  }

  /** Runs a script as database clients do; MariaDB's driver wants one statement at a time. */
  private static void run(TestDatabase database, String script) {
    if (!(database instanceof MariaDb)) {
      database.execute(script);
      return;
    }
    Stream.of(script.replaceAll("(?m)^--.*$", "").split(";", -1))
        .filter(statement -> !statement.isBlank())
        .forEach(database::execute);
  }

  @ParameterizedTest
  @EnumSource
  void acceptsNewerTablesThatDeclareThemselvesCompatible(Kind kind) {
    try (TestDatabase database = kind.create()) {
      JdbcStoreOptions options =
          JdbcStoreOptions.of(database.url())
              .withPoolSize(2)
              .withTablePrefix("shop_")
              .withSchemaMode(SchemaMode.VALIDATE);
      assertThat(options.ddl(dialect(database), 1)).isEmpty();
      JdbcStore.open(options.withSchemaMode(SchemaMode.MIGRATE)).close();

      database.execute("UPDATE shop_schema_version SET version = 2, compatible_with = 1");
      JdbcStore.open(options).close();
      database.execute("UPDATE shop_schema_version SET compatible_with = 2");
      assertThatThrownBy(() -> JdbcStore.open(options))
          .hasMessageContaining("newer version of Hookferry");
    }
  }

  @Test
  void withoutALookTheFirstUseFails() {
    try (TestDatabase database = new Postgres()) {
      JdbcStoreOptions options = JdbcStoreOptions.of(database.url()).withPoolSize(2);

      assertThatThrownBy(
              () -> {
                try (TestNode node = new TestNode(options.withSchemaMode(SchemaMode.NONE), 1)) {
                  node.commit(node.oneEvent(node.samples.endpoint()));
                }
              })
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("hookferry_");
    }
  }
}
