package dev.hookferry.jdbc.database;

import org.jspecify.annotations.Nullable;

/**
 * The settings for connecting to a database by URL.
 *
 * @param url a JDBC URL
 * @param user the user to log in as; null if the URL contains one
 * @param password the user's password; null if none is needed or the URL contains it
 * @param poolSize maximum number of connections
 */
public record ConnectionSettings(
    String url, @Nullable String user, @Nullable String password, int poolSize) {

  /** Returns host and database, without credentials. */
  public String place() {
    return DatabaseUrl.place(url);
  }

  @Override
  public String toString() {
    return place();
  }
}
