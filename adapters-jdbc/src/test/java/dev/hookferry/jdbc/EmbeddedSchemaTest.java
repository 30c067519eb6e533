package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the tables are if nobody says so: apart from those of an application that embeds us. */
final class EmbeddedSchemaTest {
  private static final JdbcStoreOptions DEFAULTS = JdbcStoreOptions.defaults().withPoolSize(4);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void anApplicationsDatabaseHasAnOwnSchema(Kind kind) throws Exception {
    try (TestDatabase database = kind.create()) {
      anOwnSchemaByDefault(database, kind == Kind.MARIADB);
    }
  }

  @Test
  void anApplicationsFileHasAnOwnSchema() throws Exception {
    anOwnSchemaByDefault(file(), false);
  }

  private TestDatabase file() {
    TestDatabase file = new H2File(folder);
    file.execute("SET WRITE_DELAY 0");
    return file;
  }

  private static void anOwnSchemaByDefault(TestDatabase database, boolean isMariaDb)
      throws Exception {
    try (LeakDetector pool =
        new LeakDetector(database, true, Connection.TRANSACTION_READ_COMMITTED)) {
      JdbcStore.open(pool, DEFAULTS).close();
      List<String> own = schemas(database);

      assertThat(own).hasSize(1).doesNotContain("public");
      assertThat(own.contains("hookferry")).isEqualTo(!isMariaDb);

      JdbcStore.open(pool, DEFAULTS.withSchema("").withTablePrefix("shop_")).close();
      JdbcStore.open(JdbcStoreOptions.of(database.url()).withTablePrefix("shop_")).close();
      assertThat(schemas(database, "shop_event")).hasSize(1).doesNotContain("hookferry");
    }
  }

  /** Returns the schemas that have events. */
  private static List<String> schemas(TestDatabase database) {
    return schemas(database, "hookferry_event");
  }

  private static List<String> schemas(TestDatabase database, String table) {
    String mine = database instanceof MariaDb ? " AND table_schema = DATABASE()" : "";
    return database
        .query(
            "SELECT table_schema FROM information_schema.tables WHERE lower(table_name) = '"
                + table
                + "'"
                + mine)
        .stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .toList();
  }

  @Test
  void aMissingSchemaIsNamed() throws Exception {
    try (TestDatabase postgres = new Postgres()) {
      saysThatTheSchemaIsMissing(postgres);
    }
    saysThatTheSchemaIsMissing(file());
  }

  private static void saysThatTheSchemaIsMissing(TestDatabase database) throws Exception {
    String dialect = Dialect.of(database.url()).folder();
    try (LeakDetector pool =
        new LeakDetector(database, true, Connection.TRANSACTION_READ_COMMITTED)) {
      for (SchemaMode mode : List.of(SchemaMode.VALIDATE, SchemaMode.NONE)) {
        assertThatThrownBy(() -> JdbcStore.open(pool, DEFAULTS.withSchemaMode(mode)))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("the schema hookferry is missing")
            .hasMessageContaining(
                "hookferry store ddl --dialect " + dialect + " --schema hookferry");
      }
      database.execute(DEFAULTS.ddl(dialect));
      for (SchemaMode mode : SchemaMode.values()) {
        JdbcStore.open(pool, DEFAULTS.withSchemaMode(mode)).close();
      }
      assertThat(pool.leaks()).isEmpty();
    }
  }

  @Test
  void theScriptCreatesTheSchema() {
    assertThat(DEFAULTS.ddl("postgresql")).startsWith("CREATE SCHEMA IF NOT EXISTS \"hookferry\";");
    assertThat(DEFAULTS.ddl("h2")).startsWith("CREATE SCHEMA IF NOT EXISTS \"hookferry\";");
    assertThat(
            Stream.of(
                DEFAULTS.ddl("mariadb"),
                DEFAULTS.withSchema("").ddl("postgresql"),
                JdbcStoreOptions.of("jdbc:h2:file:./shop").ddl("h2")))
        .noneMatch(script -> script.contains("CREATE SCHEMA"));
  }
}
