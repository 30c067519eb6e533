package dev.hookferry.jdbc.outbox;

import dev.hookferry.jdbc.database.ConnectionSettings;
import dev.hookferry.jdbc.database.DatabaseUrl;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.refusal.InvalidException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * Opens connections to the database of an outbox. Thread-safe.
 *
 * @param place host and database, without credentials
 * @param pooled whether connections come from the caller's pool and must be returned soon
 * @param mayNotify whether the database may be PostgreSQL, as far as is known without connecting
 * @param opener opens a connection
 */
record Connections(String place, boolean pooled, boolean mayNotify, Opener opener) {
  /** Opens a connection. */
  @FunctionalInterface
  interface Opener {
    Connection open() throws SQLException;
  }

  static Connections of(DataSource dataSource) {
    return new Connections(
        "a data source of the application", true, true, dataSource::getConnection);
  }

  static Connections of(ConnectionSettings settings) {
    boolean postgres = settings.url().startsWith("jdbc:postgresql:");
    return new Connections(settings.place(), false, postgres, () -> open(settings));
  }

  Connection open() throws SQLException {
    return opener.open();
  }

  private static Connection open(ConnectionSettings settings) throws SQLException {
    Properties properties = new Properties();
    if (settings.user() != null) {
      properties.setProperty("user", settings.user());
    }
    if (settings.password() != null) {
      properties.setProperty("password", settings.password());
    }
    String url = settled(settings.url());
    try {
      return DriverManager.getConnection(url, properties);
    } catch (SQLException e) {
      throw DatabaseUrl.shown(e, url);
    } catch (IllegalArgumentException e) {
      // Some drivers report a bad URL this way, for example an invalid port.
      throw DatabaseUrl.shown(new SQLException(settings.place() + ": " + e.getMessage()), url);
    }
  }

  /**
   * Adds time limits if the driver is known, because a database that hangs must not hang the relay.
   * Not for H2: those settings are for a store's own file, whereas an outbox is in the
   * application's.
   */
  private static String settled(String url) {
    if (url.startsWith("jdbc:h2:")) {
      return url;
    }
    try {
      return Dialect.of(url).settle(url);
    } catch (InvalidException e) {
      return url;
    }
  }
}
