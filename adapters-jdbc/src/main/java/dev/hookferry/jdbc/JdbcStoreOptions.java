package dev.hookferry.jdbc;

import dev.hookferry.jdbc.database.ConnectionSettings;
import dev.hookferry.jdbc.database.Schema;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.TableNames;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.store.FailureDetector;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Options of a {@link JdbcStore}: {@code JdbcStoreOptions.of(url)} if it opens its own connections,
 * {@code JdbcStoreOptions.defaults()} if it uses the application's pool. Immutable; each {@code
 * with} method checks its value immediately and returns a copy.
 */
public final class JdbcStoreOptions {
  /** The default prefix of all table names. */
  public static final String TABLE_PREFIX = TableNames.PREFIX;

  /** The default schema of the tables in an application's PostgreSQL or H2 database. */
  public static final String EMBEDDED_SCHEMA = "hookferry";

  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,28}_");
  private static final int POOL_SIZE = 12;
  private static final Duration OWNER_TIMEOUT = Duration.ofSeconds(12);

  private final @Nullable String url;
  private final @Nullable String user;
  private final @Nullable String password;
  private final int poolSize;
  private final Duration ownerTimeout;
  private final TableOptions tables;

  /** The schema is an empty string for the connection's default, and null if none was chosen. */
  private record TableOptions(@Nullable String schema, String prefix, SchemaMode mode) {}

  private JdbcStoreOptions(
      @Nullable String url,
      @Nullable String user,
      @Nullable String password,
      int poolSize,
      Duration ownerTimeout,
      TableOptions tables) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.poolSize = poolSize;
    this.ownerTimeout = ownerTimeout;
    this.tables = tables;
  }

  private static JdbcStoreOptions standard(@Nullable String url) {
    TableOptions tables = new TableOptions(null, TABLE_PREFIX, SchemaMode.MIGRATE);
    return new JdbcStoreOptions(url, null, null, POOL_SIZE, OWNER_TIMEOUT, tables);
  }

  /**
   * Returns the default options without a URL, for {@link JdbcStore#open(javax.sql.DataSource,
   * JdbcStoreOptions)}: 12 connections, 12 seconds owner timeout, tables whose names begin with
   * {@value #TABLE_PREFIX}, {@link SchemaMode#MIGRATE}. On PostgreSQL and H2, the tables are in the
   * schema {@value #EMBEDDED_SCHEMA}, separate from the application's tables; on MariaDB, in the
   * database of the connection.
   */
  public static JdbcStoreOptions defaults() {
    return standard(null);
  }

  /**
   * Returns the default options with a URL, for {@link JdbcStore#open(JdbcStoreOptions)}: as {@link
   * #defaults}, but with the tables in the default schema of the connection.
   *
   * @param url JDBC URL of PostgreSQL, MariaDB or H2; may contain user and password
   * @throws InvalidException if no supported database has such a URL, or it has settings that the
   *     store cannot work with
   */
  public static JdbcStoreOptions of(String url) {
    Dialect.of(Objects.requireNonNull(url, "url")).check(url);
    return standard(url);
  }

  /**
   * Returns these options with another user and password. By default, those in the URL are used.
   *
   * @param name the database user
   * @param secret the user's password, or null if none is needed
   */
  public JdbcStoreOptions withUser(String name, @Nullable String secret) {
    Objects.requireNonNull(name, "name");
    return new JdbcStoreOptions(url, name, secret, poolSize, ownerTimeout, tables);
  }

  /**
   * Returns these options with another maximum number of connections in use at the same time, 2 to
   * 200. The default is 12. A claim, the heartbeat and the configuration need one each, and commits
   * up to four; the rest, at least one, serve queries. With fewer than eight, fewer commits run in
   * parallel; with fewer than five, calls may fail because all connections are in use. This is the
   * size of the store's own pool, or the number that it borrows from the application's pool, which
   * must have that many to spare.
   *
   * @throws InvalidException if it is out of range
   */
  public JdbcStoreOptions withPoolSize(int size) {
    require(2 <= size && size <= 200, "poolSize", "must be from 2 to 200");
    return new JdbcStoreOptions(url, user, password, size, ownerTimeout, tables);
  }

  /**
   * Returns these options with another owner timeout: how long a process may be silent before
   * others take over its deliveries. The default is 12 seconds; several heartbeat intervals of two
   * seconds are recommended. Ignored for H2, which only one process can use.
   *
   * @throws InvalidException if it is zero, negative or longer than 36,500 days
   */
  public JdbcStoreOptions withOwnerTimeout(Duration timeout) {
    Duration checked = FailureDetector.checkedTimeout(timeout);
    return new JdbcStoreOptions(url, user, password, poolSize, checked, tables);
  }

  /**
   * Returns these options with the tables in another schema. The default is {@value
   * #EMBEDDED_SCHEMA} in a PostgreSQL or H2 database of the application, and otherwise the default
   * schema of the connection.
   *
   * @param name lower-case name of a schema (on MariaDB, a database), or an empty string for the
   *     default schema of the connection; {@link SchemaMode#MIGRATE} creates it if missing, which
   *     needs the permission to do so
   * @throws InvalidException if it is neither empty nor 1 to 63 characters of {@code a-z0-9_}, or
   *     begins with a digit
   */
  public JdbcStoreOptions withSchema(String name) {
    Objects.requireNonNull(name, "name");
    require(
        name.isEmpty() || SCHEMA.matcher(name).matches(),
        "schema",
        "must be empty, or 1 to 63 characters of a-z, 0-9 and _ not beginning with a digit");
    return withTables(new TableOptions(name, tables.prefix(), tables.mode()));
  }

  /**
   * Returns these options with other table names: all begin with this prefix instead of {@value
   * #TABLE_PREFIX}. Stores with different prefixes are independent, even in the same schema.
   *
   * @throws InvalidException if it is not 2 to 30 characters of {@code a-z0-9_}, beginning with a
   *     letter and ending with an underscore
   */
  public JdbcStoreOptions withTablePrefix(String prefix) {
    require(
        PREFIX.matcher(Objects.requireNonNull(prefix, "prefix")).matches(),
        "tablePrefix",
        "must be 2 to 30 characters of a-z, 0-9 and _, begin with a letter and end with _");
    return withTables(new TableOptions(tables.schema(), prefix, tables.mode()));
  }

  /** Returns these options with another schema mode. The default is {@link SchemaMode#MIGRATE}. */
  public JdbcStoreOptions withSchemaMode(SchemaMode mode) {
    Objects.requireNonNull(mode, "mode");
    return withTables(new TableOptions(tables.schema(), tables.prefix(), mode));
  }

  private JdbcStoreOptions withTables(TableOptions tables) {
    return new JdbcStoreOptions(url, user, password, poolSize, ownerTimeout, tables);
  }

  private static void require(boolean condition, String field, String rule) {
    if (!condition) {
      throw InvalidException.of(field, rule);
    }
  }

  /**
   * Returns the SQL script that creates the tables with the schema and prefix of these options, and
   * the schema itself if missing. Run it with your own Flyway, Liquibase or database client, then
   * open the store with {@link SchemaMode#VALIDATE}.
   *
   * @param dialect {@code postgresql}, {@code mariadb} (for MySQL too) or {@code h2}
   * @throws InvalidException if it is another dialect
   */
  public String ddl(String dialect) {
    return ddl(dialect, 0);
  }

  /**
   * Returns the SQL script that migrates the tables from a version to the newest one; empty if they
   * already have the newest.
   *
   * @param dialect {@code postgresql}, {@code mariadb} (for MySQL too) or {@code h2}
   * @param from the version that the tables have, from 0 for no tables to the newest version
   * @throws InvalidException if it is another dialect, or there is no such version
   */
  public String ddl(String dialect, int from) {
    Dialect known = Dialect.named(Objects.requireNonNull(dialect, "dialect"));
    require(
        0 <= from && from <= Schema.newest(),
        "from",
        "must be from 0 to " + Schema.newest() + ", the newest version of the tables");
    return Schema.ddl(known, names(known), from);
  }

  /** Returns the owner timeout. */
  public Duration ownerTimeout() {
    return ownerTimeout;
  }

  int poolSize() {
    return poolSize;
  }

  SchemaMode schemaMode() {
    return tables.mode();
  }

  TableNames names(Dialect dialect) {
    String schema = schema(dialect);
    return new TableNames(dialect, schema.isEmpty() ? null : schema, tables.prefix());
  }

  private String schema(Dialect dialect) {
    String chosen = tables.schema();
    if (chosen != null) {
      return chosen;
    }
    return url == null && dialect.hasSchemas() ? EMBEDDED_SCHEMA : "";
  }

  /**
   * Returns the connection settings.
   *
   * @throws InvalidException if there is no URL
   */
  ConnectionSettings connection() {
    if (url == null) {
      throw InvalidException.of(
          "url", "must be set: use JdbcStoreOptions.of(url), or open the store with a DataSource");
    }
    return new ConnectionSettings(url, user, password, poolSize);
  }

  /**
   * Checks that no connection options are set, because the application's pool provides the
   * connections.
   *
   * @throws InvalidException if there is a URL or a user
   */
  void requireNoConnection() {
    Problems problems = new Problems();
    String rule = "must not be set: the DataSource provides it; use JdbcStoreOptions.defaults()";
    problems.require(url == null, "url", rule);
    problems.require(user == null, "user", rule);
    problems.throwIfAny();
  }

  /** Returns host and database, without credentials. */
  public String place() {
    return url == null ? "a DataSource of the application" : connection().place();
  }

  /** Returns place, schema and prefix, without credentials. */
  @Override
  public String toString() {
    String schema = tables.schema();
    if (schema == null) {
      // With a DataSource, whether there is a schema depends on the database.
      schema = url == null ? "(" + EMBEDDED_SCHEMA + ")" : "";
    }
    return place() + " " + (schema.isEmpty() ? "" : schema + ".") + tables.prefix() + "*";
  }
}
