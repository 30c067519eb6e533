package dev.hookferry.jdbc.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of a relay. A connection by URL stays open; a pooled one is returned after each use,
 * with its original settings. Not thread-safe, except for {@link #abort}.
 */
final class RelaySlot {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.outbox");

  /** Long enough for a pool to hand out a free connection, and usually to open one more. */
  private static final Duration MOMENT = Duration.ofMillis(50);

  private final Connections connections;
  private @Nullable CompletableFuture<Connection> opening;
  private volatile @Nullable Connection current;
  private boolean autoCommit;
  private int isolation;

  RelaySlot(Connections connections) {
    this.connections = connections;
  }

  /** Returns the connection; opens it if there is none. */
  Connection open() throws SQLException {
    Connection open = current;
    return open == null ? use(connections.open()) : open;
  }

  private Connection use(Connection open) throws SQLException {
    current = open;
    autoCommit = open.getAutoCommit();
    isolation = open.getTransactionIsolation();
    return open;
  }

  /**
   * Opens a connection, but waits only briefly for a pooled one. A pool without a free connection
   * would block the relay, while others may be waiting for the relay's other connection. A
   * connection that arrives late is returned to the pool immediately.
   *
   * @return whether there is a connection
   */
  boolean openSoon() throws SQLException {
    if (!connections.pooled() || current != null) {
      Connection unused = open();
      return true;
    }
    CompletableFuture<Connection> before = opening;
    if (before != null && !before.isDone()) {
      return false;
    }
    CompletableFuture<Connection> next = new CompletableFuture<>();
    opening = next;
    Thread opener = new Thread(() -> open(next), "hookferry-outbox-connection");
    opener.setDaemon(true);
    opener.start();
    try {
      Connection unused = use(next.get(MOMENT.toMillis(), TimeUnit.MILLISECONDS));
      return true;
    } catch (TimeoutException e) {
      return giveUp(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return giveUp(next);
    } catch (ExecutionException e) {
      throw new SQLException("no second connection", e.getCause());
    }
  }

  private void open(CompletableFuture<Connection> next) {
    try {
      next.complete(connections.open());
    } catch (SQLException | RuntimeException | Error e) {
      next.completeExceptionally(e);
    }
  }

  /**
   * Stops waiting for a connection, which is returned to the pool as soon as it opens. Returns
   * false.
   */
  private static boolean giveUp(CompletableFuture<Connection> next) {
    var unused =
        next.thenAccept(
            late -> {
              try {
                late.close();
              } catch (SQLException | RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "a late connection did not close", e);
              }
            });
    return false;
  }

  /** Returns the connection, without a transaction. */
  Connection query() throws SQLException {
    Connection open = open();
    set(open, true, isolation);
    return open;
  }

  /**
   * Returns the connection, prepared for a transaction. READ COMMITTED if possible, since a
   * stricter level would lock the gaps that writers insert into.
   */
  Connection transaction() throws SQLException {
    Connection open = open();
    int level = Connection.TRANSACTION_READ_COMMITTED;
    boolean isKnown = open.getMetaData().supportsTransactionIsolationLevel(level);
    set(open, false, isKnown ? level : isolation);
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

  /** Returns a pooled connection to its pool; its transaction must have ended. */
  void giveBack() throws SQLException {
    Connection open = current;
    if (connections.pooled() && open != null) {
      set(open, autoCommit, isolation);
      current = null;
      open.close();
    }
  }

  /**
   * Closes the connection after a failure, without a commit. A pooled one is returned with its
   * original settings.
   */
  void drop() {
    Connection open = current;
    current = null;
    if (open != null) {
      try (open) {
        if (!open.getAutoCommit()) {
          open.rollback();
        }
        if (connections.pooled()) {
          set(open, autoCommit, isolation);
        }
      } catch (SQLException | RuntimeException e) {
        // The connection is broken: the database has rolled back, and it only remains to close it.
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
        // The connection is gone either way, and the database rolls back the transaction.
        return;
      }
    }
  }
}
