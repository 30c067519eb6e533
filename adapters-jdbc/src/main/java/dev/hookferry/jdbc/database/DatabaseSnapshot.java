package dev.hookferry.jdbc.database;

import dev.hookferry.jdbc.dialect.Dialect;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A transaction that sees the database as of its beginning, for as long as it is open. */
public final class DatabaseSnapshot implements AutoCloseable {
  private final Handle handle;
  private final Dialect dialect;
  private final UnaryOperator<RuntimeException> translate;
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
      dialect.beginSnapshot(handle);
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  /** Returns the connection. */
  public Handle handle() {
    return handle;
  }

  /**
   * Reads something.
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
        dialect.endSnapshot(handle);
      } catch (RuntimeException e) {
        throw translate.apply(e);
      }
    }
  }
}
