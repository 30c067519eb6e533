package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The directory that a store lives in, and its only access to the disk. Written bytes are durable
 * once the file has been forced; created, removed and renamed files are durable once the directory
 * has been synced. Thread-safe.
 */
public interface Disk extends AutoCloseable {
  /** The mode in which a file is opened. */
  enum Access {
    /** An existing file, for reading. */
    READ,
    /** An existing file, for reading and writing. */
    WRITE,
    /** A new empty file, for writing; replaces any file with the same name. */
    CREATE
  }

  /**
   * Keeps every other store out of the directory until this disk is closed.
   *
   * @throws dev.hookferry.store.StoreException if another store is open in it
   */
  void lock() throws IOException;

  /** Returns the names of the files, in no particular order. */
  List<String> list() throws IOException;

  /** Opens a file. */
  DiskFile open(String name, Access access) throws IOException;

  /**
   * Returns a buffer whose content outlives the process but not necessarily the machine: a later
   * process that requests the same name finds it, unless the machine stopped in between.
   *
   * @param size size in bytes
   */
  default ByteBuffer notes(String name, int size) throws IOException {
    return ByteBuffer.allocate(size);
  }

  /** Renames a file, replacing any file that has the new name. */
  void rename(String from, String to) throws IOException;

  /** Deletes a file; no effect if it does not exist. */
  void delete(String name) throws IOException;

  /** Forces file names to disk. */
  void sync() throws IOException;

  /** Returns the number of bytes that can still be written, as far as known. */
  long room() throws IOException;

  /** Returns the location of the directory, for messages. */
  @Override
  String toString();

  @Override
  void close();
}
