package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.dialect.ConnectionPreparation;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.SqlFault;
import dev.hookferry.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Access to a database that is configured by a URL or by the application's pool. Opens single
 * connections to inspect the tables before the store exists, and the pool for the store.
 */
public final class ConnectionSource {
  private final Dialect dialect;
  private final String place;
  private final Opener opener;
  private final @Nullable ConnectionSettings settings;
  private final @Nullable DataSource dataSource;
  private final Supplier<JdbcPool> pool;

  private ConnectionSource(Dialect dialect, ConnectionSettings settings) {
    this.dialect = dialect;
    this.settings = settings;
    place = settings.place();
    opener = () -> DriverManager.getConnection(dialect.settle(settings.url()), login(settings));
    dataSource = null;
    pool = () -> new OwnPool(dialect, settings);
  }

  private ConnectionSource(
      Dialect dialect, String place, DataSource dataSource, Supplier<JdbcPool> pool) {
    this.dialect = dialect;
    this.place = place;
    this.dataSource = dataSource;
    this.pool = pool;
    opener = dataSource::getConnection;
    settings = null;
  }

  @FunctionalInterface
  private interface Opener {
    Connection open() throws SQLException;
  }

  /** Returns the database at a URL. Does not connect. */
  public static ConnectionSource of(ConnectionSettings settings) {
    return new ConnectionSource(Dialect.of(settings.url()), settings);
  }

  private static Properties login(ConnectionSettings settings) {
    Properties login = new Properties();
    if (settings.user() != null) {
      login.setProperty("user", settings.user());
    }
    if (settings.password() != null) {
      login.setProperty("password", settings.password());
    }
    return login;
  }

  /**
   * Returns the database of an application's pool. Connects once to find out which database it is.
   *
   * @param size the maximum number of connections to borrow at once
   * @throws StoreException if there is no connection
   * @throws dev.hookferry.refusal.InvalidException if it is not a supported database
   */
  public static ConnectionSource of(DataSource dataSource, int size) {
    try (Connection connection = dataSource.getConnection()) {
      try {
        Dialect dialect = Dialect.of(connection);
        String url = connection.getMetaData().getURL();
        String place = url == null ? "the DataSource" : DatabaseUrl.place(url);
        ConnectionPreparation preparation = dialect.preparation(connection);
        return new ConnectionSource(
            dialect,
            place,
            dataSource,
            () -> new ApplicationPool(dataSource, place, size, preparation));
      } finally {
        end(connection);
      }
    } catch (SQLException e) {
      throw new StoreException(
          "cannot get a connection from the DataSource: " + SqlFault.message(e), e);
    }
  }

  /** Ends the transaction that a query began, because the pool might not do so. */
  private static void end(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }

  /** Returns the database's dialect. */
  public Dialect dialect() {
    return dialect;
  }

  /** Returns host and database, without credentials. */
  public String place() {
    return place;
  }

  /** Returns the connection settings, or null if the application provides the pool. */
  @Nullable ConnectionSettings settings() {
    return settings;
  }

  /** Returns the application's pool, or null if the database is given by a URL. */
  @Nullable DataSource dataSource() {
    return dataSource;
  }

  /** Returns the pool for the store. */
  public JdbcPool pool() {
    return pool.get();
  }

  /** A query on a single connection. */
  @FunctionalInterface
  public interface Query<T> {
    /** Runs the query. */
    T run(Connection connection) throws SQLException;
  }

  /**
   * Runs a query on a separate connection, and changes nothing.
   *
   * @throws StoreException if there is no connection or the query fails; the message names the
   *     driver if it is missing
   */
  public <T> T query(Query<T> query) {
    try (Connection connection = opener.open()) {
      try {
        return query.run(connection);
      } finally {
        end(connection);
      }
    } catch (SQLException e) {
      if (SqlFault.isNoDriver(e)) {
        // Not as the cause: its message is the whole URL, which may hold a password.
        throw new StoreException(
            "cannot open %s: no driver on the class path".formatted(place),
            "add %s to the dependencies".formatted(dialect.driver()),
            null);
      }
      throw new StoreException("cannot open " + place + ": " + SqlFault.message(e), e);
    } catch (IllegalArgumentException e) {
      // Some drivers report a bad URL this way, for example an invalid port.
      throw new StoreException("cannot open " + place + ": " + e.getMessage(), e);
    }
  }
}
