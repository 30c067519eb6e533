package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Thread-safe, as far as threads do not write to the same place. */
public interface DiskFile extends AutoCloseable {
  /** How many bytes it has. */
  long size() throws IOException;

  /** Reads at a place until the buffer is full or the file ends. */
  void read(ByteBuffer into, long position) throws IOException;

  /**
   * Writes the whole buffer at a place.
   *
   * @throws java.nio.channels.ClosedByInterruptException if the thread was interrupted; the file is
   *     still open, and how much was written is not known
   */
  void write(ByteBuffer from, long position) throws IOException;

  /** Cuts the file to a length, and forces that to the disk. */
  void truncate(long size) throws IOException;

  /**
   * Forces what was written to the disk.
   *
   * @throws java.nio.channels.ClosedByInterruptException if the thread was interrupted; the file is
   *     still open, and what was written must be written again
   */
  void force() throws IOException;

  @Override
  void close() throws IOException;
}
