package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.dialect.ConnectionPreparation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * The connections of the application's pool. Each is borrowed for one transaction or query, in
 * manual-commit mode, and returned with its original settings and never with an open transaction.
 */
public final class ApplicationPool implements JdbcPool {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  private final DataSource dataSource;
  private final String place;
  private final int size;
  private final ConnectionPreparation preparation;
  private final Semaphore free;
  private final Map<Connection, Loan> loans = Collections.synchronizedMap(new IdentityHashMap<>());

  /**
   * Creates a view of an application's pool.
   *
   * @param place host and database, without credentials
   * @param size the maximum number of connections to borrow at once
   * @param preparation settings to make on a connection before it is used
   */
  public ApplicationPool(
      DataSource dataSource, String place, int size, ConnectionPreparation preparation) {
    this.dataSource = dataSource;
    this.place = place;
    this.size = size;
    this.preparation = preparation;
    free = new Semaphore(size, true);
  }

  private record Loan(boolean autoCommit, ConnectionPreparation.Restoration restoration) {}

  @Override
  public Connection openConnection() throws SQLException {
    acquire();
    try {
      Connection connection = dataSource.getConnection();
      try {
        loans.put(connection, prepare(connection));
        return connection;
      } catch (SQLException | RuntimeException e) {
        discard(connection, e);
        throw e;
      }
    } catch (SQLException | RuntimeException e) {
      free.release();
      throw e;
    }
  }

  private void acquire() throws SQLException {
    try {
      if (!free.tryAcquire(Database.CONNECTION_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new SQLTransientConnectionException(
            "all " + size + " connections of the store (poolSize) are in use");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted while waiting for a connection", e);
    }
  }

  private Loan prepare(Connection connection) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    if (autoCommit) {
      connection.setAutoCommit(false);
    }
    return new Loan(autoCommit, preparation.prepare(connection));
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    Loan loan = Objects.requireNonNull(loans.remove(connection), "loan");
    try {
      connection.rollback();
      loan.restoration().restore();
      if (loan.autoCommit()) {
        connection.setAutoCommit(true);
      }
      connection.close();
    } catch (SQLException | RuntimeException e) {
      discard(connection, e);
    } finally {
      free.release();
    }
  }

  /** Ensures that a connection with changed settings is never reused. */
  private static void discard(Connection connection, Exception cause) {
    LOG.log(System.Logger.Level.DEBUG, "connection discarded", cause);
    try (connection) {
      connection.abort(Runnable::run);
    } catch (SQLException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "connection not discarded", e);
    }
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public int size() {
    return size;
  }

  /** Does nothing, because the pool belongs to the application. */
  @Override
  public void close() {}
}
