package dev.hookferry.jdbc;

import dev.hookferry.jdbc.database.ConnectionSettings;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.refusal.Problems;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Connection options of a {@link JdbcStore}.
 *
 * @param url JDBC URL for PostgreSQL, MariaDB or H2; may contain user and password
 * @param user database user, or null if the URL names it
 * @param password password of the user, or null if the URL contains it or none is needed
 * @param poolSize maximum number of connections, 2 to 200
 * @param ownerTimeout how long a process may be silent before others take over its deliveries;
 *     ignored for H2, which only one process can use
 * @param schema schema of the tables (on MariaDB, a database); created if missing. Null for the
 *     default schema of the connection
 */
public record JdbcStoreOptions(
    String url,
    @Nullable String user,
    @Nullable String password,
    int poolSize,
    Duration ownerTimeout,
    @Nullable String schema) {
  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final int POOL_SIZE = 12;
  private static final Duration OWNER_TIMEOUT = Duration.ofSeconds(12);

  /** Checks the values and names the component that is wrong. */
  public JdbcStoreOptions {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(ownerTimeout, "ownerTimeout");
    Problems problems = new Problems();
    problems.collect(
        "",
        () -> {
          Dialect.of(url).check(url);
          return url;
        });
    problems.require(2 <= poolSize && poolSize <= 200, "poolSize", "must be from 2 to 200");
    problems.require(
        !ownerTimeout.isNegative() && !ownerTimeout.isZero(),
        "ownerTimeout",
        "must be positive; several heartbeat intervals are recommended");
    problems.require(
        schema == null || SCHEMA.matcher(schema).matches(),
        "schema",
        "must be 1 to 63 characters of a-z, 0-9 and _, and must not begin with a digit");
    problems.throwIfAny();
  }

  /** Creates options with the tables in the default schema of the connection. */
  public JdbcStoreOptions(
      String url,
      @Nullable String user,
      @Nullable String password,
      int poolSize,
      Duration ownerTimeout) {
    this(url, user, password, poolSize, ownerTimeout, null);
  }

  /** Creates options with the defaults: 12 connections, 12 seconds owner timeout. */
  public static JdbcStoreOptions of(String url) {
    return new JdbcStoreOptions(url, null, null, POOL_SIZE, OWNER_TIMEOUT);
  }

  /** Returns these options with another user and password. */
  public JdbcStoreOptions withUser(String name, @Nullable String secret) {
    return new JdbcStoreOptions(url, name, secret, poolSize, ownerTimeout, schema);
  }

  /** Returns these options with another maximum number of connections. */
  public JdbcStoreOptions withPoolSize(int size) {
    return new JdbcStoreOptions(url, user, password, size, ownerTimeout, schema);
  }

  /** Returns these options with another owner timeout. */
  public JdbcStoreOptions withOwnerTimeout(Duration timeout) {
    return new JdbcStoreOptions(url, user, password, poolSize, timeout, schema);
  }

  /**
   * Returns these options with the tables in a separate schema, so that they do not mix with the
   * application's tables and migrations.
   *
   * @param name lower-case name of a schema (on MariaDB, a database); created if missing, which
   *     needs the permission to do so
   */
  public JdbcStoreOptions withSchema(String name) {
    return new JdbcStoreOptions(url, user, password, poolSize, ownerTimeout, name);
  }

  ConnectionSettings connection() {
    return new ConnectionSettings(url, user, password, poolSize, schema);
  }

  /** Returns host and database without anything that may be a credential. */
  public String place() {
    return connection().place();
  }

  @Override
  public String toString() {
    return place();
  }
}
