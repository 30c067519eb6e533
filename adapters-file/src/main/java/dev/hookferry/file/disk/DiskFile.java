package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Thread-safe, as long as threads do not write to the same range. */
public interface DiskFile extends AutoCloseable {
  /** Returns the size in bytes. */
  long size() throws IOException;

  /** Reads from a position until the buffer is full or the file ends. */
  void read(ByteBuffer target, long position) throws IOException;

  /**
   * Writes the whole buffer at a position.
   *
   * @throws java.nio.channels.ClosedByInterruptException if the thread was interrupted; the file is
   *     still open, and how much was written is unknown
   */
  void write(ByteBuffer from, long position) throws IOException;

  /** Cuts the file to a length and forces that to disk. */
  void truncate(long size) throws IOException;

  /**
   * Forces written bytes to disk.
   *
   * @throws java.nio.channels.ClosedByInterruptException if the thread was interrupted; the file is
   *     still open, and the bytes must be written again
   */
  void force() throws IOException;

  @Override
  void close() throws IOException;
}
