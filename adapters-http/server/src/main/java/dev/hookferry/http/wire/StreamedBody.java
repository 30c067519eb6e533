package dev.hookferry.http.wire;

import java.io.IOException;
import java.io.OutputStream;

/** A response body that is too large for memory. Used by one thread at a time. */
public interface StreamedBody extends AutoCloseable {
  /**
   * Begins the body, after a download slot is reserved for it and before anything is sent; does
   * nothing by default. May block.
   *
   * @throws RuntimeException if it cannot begin; the client gets the reply to that failure
   */
  default void begin() {}

  /**
   * Writes the body; blocks while the client reads more slowly.
   *
   * @throws IOException if the client has disconnected or is too slow
   */
  void writeTo(OutputStream out) throws IOException;

  /** Returns whether it is a backup, for which slots are reserved; false by default. */
  default boolean isBackup() {
    return false;
  }

  /** Ends the body, whether it was written or not. */
  @Override
  void close();
}
