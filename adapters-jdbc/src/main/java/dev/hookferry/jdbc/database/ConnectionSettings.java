package dev.hookferry.jdbc.database;

import org.jspecify.annotations.Nullable;

/**
 * How the database is reached.
 *
 * @param url a JDBC URL that a dialect knows
 * @param user who logs in, or null if the URL says it
 * @param password of that user, or null
 * @param poolSize largest number of connections
 * @param schema schema of the tables, or null for the one that connections begin in
 */
public record ConnectionSettings(
    String url,
    @Nullable String user,
    @Nullable String password,
    int poolSize,
    @Nullable String schema) {

  /** Returns host and database, without anything that may be a credential. */
  public String place() {
    return url.replaceFirst("[?;].*", "").replaceFirst("//.*@", "//");
  }

  @Override
  public String toString() {
    return place();
  }
}
