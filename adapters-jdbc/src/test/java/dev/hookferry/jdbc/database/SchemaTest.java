package dev.hookferry.jdbc.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.jdbc.AnyKind;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.jdbc.Kind;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the tables come to be. */
final class SchemaTest {
  @ParameterizedTest
  @EnumSource
  void isMadeOnceBySeveralProcessesThatStartAtOnce(Kind kind) {
    try (TestDatabase database = kind.create()) {
      JdbcStoreOptions options = JdbcStoreOptions.of(database.url()).withPoolSize(2);
      List<CompletableFuture<JdbcStore>> opening =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> JdbcStore.open(options)))
              .limit(3)
              .toList();
      List<JdbcStore> stores = opening.stream().map(CompletableFuture::join).toList();

      assertThat(stores)
          .isNotEmpty()
          .allSatisfy(store -> assertThat(store.config().load()).isEqualTo(Config.EMPTY));
      assertThat(versions(database)).isEqualTo(kind.versions());
      stores.forEach(JdbcStore::close);
    }
  }

  private static List<String> versions(TestDatabase database) {
    return database.query(
        "SELECT version FROM hookferry_schema_history WHERE version <> '0' ORDER BY"
            + " installed_rank");
  }

  @ParameterizedTest
  @EnumSource
  void livesBesideOtherTables(Kind kind) {
    try (TestDatabase database = kind.create()) {
      database.execute("CREATE TABLE customer (id int PRIMARY KEY)");

      JdbcStore.open(JdbcStoreOptions.of(database.url()).withPoolSize(2)).close();

      assertThat(versions(database)).isEqualTo(kind.versions());
      assertThat(database.query("SELECT id FROM customer")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesTheTablesOfANewerVersion(AnyKind kind, @TempDir Path folder) {
    try (TestDatabase database = kind.create(folder)) {
      JdbcStoreOptions options = JdbcStoreOptions.of(database.url()).withPoolSize(2);
      JdbcStore.open(options).close();
      database.execute(
          "INSERT INTO hookferry_schema_version (version, compatible_with) VALUES (99, 99)");

      assertThatThrownBy(() -> JdbcStore.open(options))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(options.place())
          .hasMessageContaining("newer version of Hookferry")
          .hasMessageContaining("version 99");
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesTheServerToStartIfANewerOneFailedToMigrate(AnyKind kind, @TempDir Path folder) {
    try (TestDatabase database = kind.create(folder)) {
      JdbcStoreOptions options = JdbcStoreOptions.of(database.url()).withPoolSize(2);
      JdbcStore.open(options).close();
      String failed = "UPDATE `hookferry_schema_history` SET `version` = '99', `success` = FALSE";
      database.execute(kind == AnyKind.MARIADB ? failed : failed.replace('`', '"'));

      assertThatThrownBy(() -> JdbcStore.open(options))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("failed to migrate the tables to version 99")
          .hasMessageEndingWith("; start the newer version of Hookferry again");
    }
  }

  /** MariaDB and H2 keep the tables of a script that failed; the cause must not be lost. */
  @ParameterizedTest
  @EnumSource
  void namesTheCauseIfItsTablesAreIncomplete(AnyKind kind, @TempDir Path folder) {
    try (TestDatabase database = kind.create(folder)) {
      database.execute("CREATE TABLE hookferry_delivery (id int)");
      JdbcStoreOptions options = JdbcStoreOptions.of(database.url()).withPoolSize(2);
      boolean isUndone = kind == AnyKind.POSTGRES;

      assertThatThrownBy(() -> JdbcStore.open(options))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(isUndone ? "could not be migrated" : "drop every table")
          .hasMessageContaining("hookferry_delivery");
      assertThatThrownBy(() -> JdbcStore.open(options))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(isUndone ? "could not be migrated" : "the tables are incomplete");
    }
  }
}
