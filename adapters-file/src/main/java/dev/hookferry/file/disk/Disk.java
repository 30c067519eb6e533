package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The directory that a store lives in: all that the store knows of a disk. What was written to a
 * file is durable once the file was forced; a name that came, went or changed is durable once the
 * directory was synced. Thread-safe.
 */
public interface Disk extends AutoCloseable {
  /** How a file is opened. */
  enum Access {
    /** A file that is there, to read it. */
    READ,
    /** A file that is there, to read and write it. */
    WRITE,
    /** An empty file, to write it; what had the name before is gone. */
    CREATE
  }

  /**
   * Keeps every other store out of the directory until this disk is closed.
   *
   * @throws dev.hookferry.store.StoreException if another one is in it
   */
  void lock() throws IOException;

  /** The names of the files, in no order. */
  List<String> list() throws IOException;

  /** Opens a file. */
  DiskFile open(String name, Access access) throws IOException;

  /**
   * Bytes that outlive the process, though perhaps not the machine: what is put into them is there
   * when a later process asks for the same name, unless the machine stopped in between.
   *
   * @param size how many
   */
  default ByteBuffer notes(String name, int size) throws IOException {
    return ByteBuffer.allocate(size);
  }

  /** Gives a file another name, in the place of the file that may have it. */
  void rename(String from, String to) throws IOException;

  /** Removes a file, if it is there. */
  void delete(String name) throws IOException;

  /** Forces the names to the disk. */
  void sync() throws IOException;

  /** How many bytes can still be written, as far as that is known. */
  long room() throws IOException;

  /** Where it is, for messages. */
  @Override
  String toString();

  @Override
  void close();
}
