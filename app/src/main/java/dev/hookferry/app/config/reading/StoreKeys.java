package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.StoreConfig.InDatabase;
import dev.hookferry.app.config.StoreTables;
import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.jdbc.SchemaMode;
import java.util.List;

/** Configuration keys of a database store's tables. */
final class StoreKeys {
  static final ConfigKey<String> SCHEMA =
      new ConfigKey<>(
          "storeSchema",
          ValueKind.one("NAME", "a lower-case schema name", StoreKeys::schema),
          "",
          "--store-schema",
          "The schema of the tables (MariaDB: a database); empty for the connection's.");
  static final ConfigKey<String> TABLE_PREFIX =
      new ConfigKey<>(
          "storeTablePrefix",
          ValueKind.one("PREFIX", "a prefix such as hookferry_", StoreKeys::prefix),
          StoreTables.DEFAULT.prefix(),
          "--store-table-prefix",
          "The prefix of the table names.");
  static final ConfigKey<SchemaMode> SCHEMA_MODE =
      new ConfigKey<>(
          "storeSchemaMode",
          ValueKind.word(SchemaMode.class),
          "migrate",
          "--store-schema-mode",
          "How to treat the tables at startup: migrate, validate or none.");

  private StoreKeys() {}

  private static String schema(String text) {
    var unused = JdbcStoreOptions.defaults().withSchema(text);
    return text;
  }

  private static String prefix(String text) {
    var unused = JdbcStoreOptions.defaults().withTablePrefix(text);
    return text;
  }

  static StoreTables tables(EffectiveConfig values) {
    return new StoreTables(values.get(SCHEMA), values.get(TABLE_PREFIX), values.get(SCHEMA_MODE));
  }

  /** Adds a problem for each key that is set although the store has no tables. */
  static void check(EffectiveConfig values, CollectedValues problems) {
    boolean isDatabase =
        values.get(ConfigKeys.STORE) instanceof InDatabase || problems.isRefused(ConfigKeys.STORE);
    for (ConfigKey<?> key : List.of(SCHEMA, TABLE_PREFIX, SCHEMA_MODE)) {
      problems.require(
          isDatabase || values.shown(key).equals(key.fallback()),
          key,
          "applies only to PostgreSQL, MariaDB and H2; store is none of these");
    }
  }
}
