package dev.hookferry.jdbc.database;

import org.jspecify.annotations.Nullable;

/**
 * The settings for connecting to a database by URL.
 *
 * @param url a JDBC URL
 * @param user the user who logs in, or null if the URL has it
 * @param password of that user, or null
 * @param poolSize largest number of connections
 */
public record ConnectionSettings(
    String url, @Nullable String user, @Nullable String password, int poolSize) {

  /** Returns host and database, without anything that may be a credential. */
  public String place() {
    return DatabaseUrl.place(url);
  }

  @Override
  public String toString() {
    return place();
  }
}
