package dev.hookferry.jdbc;

import dev.hookferry.jdbc.database.ConnectionSettings;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.refusal.Problems;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is and how it is used.
 *
 * @param url a JDBC URL for PostgreSQL, MariaDB or H2; may hold user and password
 * @param user who logs in, or null if the URL says it
 * @param password of that user, or null if the URL says it or none is needed
 * @param poolSize how many connections at most, 2 to 200
 * @param ownerTimeout how long a process may be silent before others take over its deliveries; not
 *     of use for H2, which has one process only
 * @param schema the schema of the tables, on MariaDB a database; created when it is missing. Null
 *     for the one that the connection begins in
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

  /** Refuses what cannot be, naming the component. */
  public JdbcStoreOptions {
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
        "must be more than nothing; several times the interval of heartbeats is right");
    problems.require(
        schema == null || SCHEMA.matcher(schema).matches(),
        "schema",
        "must be 1 to 63 characters of a-z, 0-9 and _, and must not begin with a digit");
    problems.throwIfAny();
  }

  /** A database with these settings, and the tables where the connection begins. */
  public JdbcStoreOptions(
      String url,
      @Nullable String user,
      @Nullable String password,
      int poolSize,
      Duration ownerTimeout) {
    this(url, user, password, poolSize, ownerTimeout, null);
  }

  /** A database with the usual settings: 12 connections, 12 seconds. */
  public static JdbcStoreOptions of(String url) {
    return new JdbcStoreOptions(url, null, null, POOL_SIZE, OWNER_TIMEOUT);
  }

  /** The same for this user. */
  public JdbcStoreOptions withUser(String name, @Nullable String secret) {
    return new JdbcStoreOptions(url, name, secret, poolSize, ownerTimeout, schema);
  }

  /** The same with so many connections at most. */
  public JdbcStoreOptions withPoolSize(int size) {
    return new JdbcStoreOptions(url, user, password, size, ownerTimeout, schema);
  }

  /** The same with another patience. */
  public JdbcStoreOptions withOwnerTimeout(Duration timeout) {
    return new JdbcStoreOptions(url, user, password, poolSize, timeout, schema);
  }

  /**
   * Returns these options with the tables in a schema of their own, apart from those of the
   * application, whose migrations then find nothing that is not theirs.
   *
   * @param name lower-case; created when it is missing, which needs that permission. On MariaDB a
   *     database
   */
  public JdbcStoreOptions withSchema(String name) {
    return new JdbcStoreOptions(url, user, password, poolSize, ownerTimeout, name);
  }

  ConnectionSettings connection() {
    return new ConnectionSettings(url, user, password, poolSize, schema);
  }

  /** Host and database, without anything that may be a credential. */
  public String place() {
    return connection().place();
  }

  @Override
  public String toString() {
    return place();
  }
}
