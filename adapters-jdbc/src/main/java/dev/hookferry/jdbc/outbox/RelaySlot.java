package dev.hookferry.jdbc.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a relay. One of its own stays open; one of a pool is given back after each use,
 * as it came. Not thread-safe, except for {@link #abort}.
 */
final class RelaySlot {
  private final Connections connections;
  private volatile @Nullable Connection current;
  private boolean autoCommit;
  private int isolation;

  RelaySlot(Connections connections) {
    this.connections = connections;
  }

  /** Returns the connection; opens it if there is none. */
  Connection open() throws SQLException {
    Connection open = current;
    if (open == null) {
      open = connections.open();
      current = open;
      autoCommit = open.getAutoCommit();
      isolation = open.getTransactionIsolation();
    }
    return open;
  }

  /** Returns the connection, without a transaction. */
  Connection query() throws SQLException {
    Connection open = open();
    set(open, true, isolation);
    return open;
  }

  /**
   * Returns the connection, to begin a transaction. READ COMMITTED where possible: a stricter level
   * would lock the gaps that writers insert into.
   */
  Connection transaction() throws SQLException {
    Connection open = open();
    int wanted = Connection.TRANSACTION_READ_COMMITTED;
    boolean isKnown = open.getMetaData().supportsTransactionIsolationLevel(wanted);
    set(open, false, isKnown ? wanted : isolation);
    return open;
  }

  private static void set(Connection open, boolean autoCommit, int isolation) throws SQLException {
    if (open.getAutoCommit() != autoCommit) {
      open.setAutoCommit(autoCommit);
    }
    if (open.getTransactionIsolation() != isolation) {
      open.setTransactionIsolation(isolation);
    }
  }

  /** Gives a connection of a pool back; its transaction has ended. */
  void giveBack() throws SQLException {
    Connection open = current;
    if (connections.pooled() && open != null) {
      set(open, autoCommit, isolation);
      current = null;
      open.close();
    }
  }

  /** Closes the connection after a failure, without a commit. */
  void drop() {
    Connection open = current;
    current = null;
    if (open != null) {
      try (open) {
        if (!open.getAutoCommit()) {
          open.rollback();
        }
      } catch (SQLException | RuntimeException e) {
        // A broken connection: the database has rolled back, and closing it is all that is left.
        return;
      }
    }
  }

  /**
   * Ends the connection from another thread, whatever it is doing. The relay's thread is not
   * interrupted, since an interrupt would close the files of an H2 database that the application
   * uses.
   */
  void abort() {
    Connection open = current;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException | RuntimeException e) {
        // It is gone either way; the database rolls the transaction back.
        return;
      }
    }
  }
}
