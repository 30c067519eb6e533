package dev.hookferry.http.wire;

import java.io.IOException;
import java.io.OutputStream;

/** A body that is too large for memory. Used by one thread at a time. */
public interface StreamedBody extends AutoCloseable {
  /**
   * Begins the body, once it has a place among the downloads and before anything is sent; does
   * nothing by default. May block.
   *
   * @throws RuntimeException if it cannot begin; the client gets the reply for that
   */
  default void begin() {}

  /**
   * Writes the body; blocks while the client is slower.
   *
   * @throws IOException if the client is gone
   */
  void writeTo(OutputStream out) throws IOException;

  /** Returns whether it is a backup, for which places are kept; false by default. */
  default boolean isBackup() {
    return false;
  }

  /** Ends it, whether it was written or not. */
  @Override
  void close();
}
