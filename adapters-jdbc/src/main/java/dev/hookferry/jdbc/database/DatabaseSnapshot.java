package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A transaction that sees the database as of its beginning, for as long as it is open. */
public final class DatabaseSnapshot implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  /** Time limit of one query, which may count the rows of a large table. */
  private static final int PATIENCE_MILLIS = (int) Duration.ofHours(6).toMillis();

  private final Handle handle;
  private final Dialect dialect;
  private final UnaryOperator<RuntimeException> translate;

  /** The driver's original limit, in milliseconds; 0 if it was not changed. */
  private int usualMillis;

  private boolean closed;

  DatabaseSnapshot(
      Supplier<Handle> open, Dialect dialect, UnaryOperator<RuntimeException> translate) {
    this.dialect = dialect;
    this.translate = translate;
    try {
      handle = open.get();
      begin();
    } catch (RuntimeException e) {
      throw translate.apply(e);
    }
  }

  private void begin() {
    try {
      extendTimeout();
      dialect.beginSnapshot(handle);
    } catch (RuntimeException e) {
      try (handle) {
        restoreTimeout();
      }
      throw e;
    }
  }

  /** Raises the network timeout; the usual minute is too short for a snapshot's queries. */
  private void extendTimeout() {
    try {
      Connection connection = handle.getConnection();
      int before = connection.getNetworkTimeout();
      if (before != 0 && before < PATIENCE_MILLIS) {
        connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
        usualMillis = before;
      }
    } catch (SQLException e) {
      LOG.log(System.Logger.Level.DEBUG, "snapshot keeps the driver's time limit", e);
    }
  }

  private void restoreTimeout() {
    if (usualMillis != 0) {
      try {
        handle.getConnection().setNetworkTimeout(Runnable::run, usualMillis);
      } catch (SQLException e) {
        LOG.log(System.Logger.Level.DEBUG, "snapshot connection lost", e);
      }
    }
  }

  /** Returns the connection. */
  public Handle handle() {
    return handle;
  }

  /**
   * Runs a query in the transaction.
   *
   * @throws dev.hookferry.store.StoreException if the database fails
   */
  public <T extends @Nullable Object> T read(Function<Handle, T> query) {
    try {
      return query.apply(handle);
    } catch (RuntimeException e) {
      throw translate.apply(e);
    }
  }

  /** Ends the transaction and returns the connection. Idempotent. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try (handle) {
        restoreTimeout();
        dialect.endSnapshot(handle);
      } catch (RuntimeException e) {
        throw translate.apply(e);
      }
    }
  }
}
