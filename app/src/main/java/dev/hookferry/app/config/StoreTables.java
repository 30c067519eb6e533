package dev.hookferry.app.config;

import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.jdbc.SchemaMode;

/**
 * The tables of a database store.
 *
 * @param schema their schema; empty for the default schema of the connection
 * @param prefix the prefix of their names
 * @param mode how to treat them at startup
 */
public record StoreTables(String schema, String prefix, SchemaMode mode) {
  /** The default tables. */
  public static final StoreTables DEFAULT =
      new StoreTables("", JdbcStoreOptions.TABLE_PREFIX, SchemaMode.MIGRATE);

  JdbcStoreOptions applyTo(JdbcStoreOptions options) {
    return options.withTablePrefix(prefix).withSchemaMode(mode).withSchema(schema);
  }
}
