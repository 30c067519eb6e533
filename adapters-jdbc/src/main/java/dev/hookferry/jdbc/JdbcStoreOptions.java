package dev.hookferry.jdbc;

import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.refusal.Problems;
import java.time.Duration;
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
 */
public record JdbcStoreOptions(
    String url,
    @Nullable String user,
    @Nullable String password,
    int poolSize,
    Duration ownerTimeout) {
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
    problems.throwIfAny();
  }

  /** A database with the usual settings: 12 connections, 12 seconds. */
  public static JdbcStoreOptions of(String url) {
    return new JdbcStoreOptions(url, null, null, POOL_SIZE, OWNER_TIMEOUT);
  }

  /** The same for this user. */
  public JdbcStoreOptions withUser(String name, @Nullable String secret) {
    return new JdbcStoreOptions(url, name, secret, poolSize, ownerTimeout);
  }

  /** The same with so many connections at most. */
  public JdbcStoreOptions withPoolSize(int size) {
    return new JdbcStoreOptions(url, user, password, size, ownerTimeout);
  }

  /** The same with another patience. */
  public JdbcStoreOptions withOwnerTimeout(Duration timeout) {
    return new JdbcStoreOptions(url, user, password, poolSize, timeout);
  }

  /** Host and database, without anything that may be a credential. */
  public String place() {
    return url.replaceFirst("[?;].*", "").replaceFirst("//.*@", "//");
  }

  @Override
  public String toString() {
    return place();
  }
}
