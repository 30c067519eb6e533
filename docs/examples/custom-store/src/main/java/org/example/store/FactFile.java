package org.example.store;

import dev.hookferry.store.StoreException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The file, as a list of records of facts. A record is written with one write and one force, and
 * read back completely or not at all. Not thread-safe.
 *
 * <p>A record is its length, the checksum of the length, the checksum of its bytes, and its bytes.
 */
final class FactFile implements AutoCloseable {
  private static final int HEADER = 12;

  private final Path path;
  private final FileChannel lock;
  private RandomAccessFile file; // A channel would be closed by an interrupted thread.

  private FactFile(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Opens the file for this process alone, and creates it if it does not exist.
   *
   * @throws StoreException if another process is using it
   */
  static FactFile open(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Files.createDirectories(absolute.getParent());
    // The lock is a separate file, because compaction replaces this one.
    FileChannel lock =
        FileChannel.open(
            absolute.resolveSibling(absolute.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      if (lock.tryLock() == null) {
        throw new StoreException(path + " is in use by another process");
      }
    } catch (OverlappingFileLockException e) {
      lock.close();
      throw new StoreException(path + " is in use by this process", e);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    return new FactFile(absolute, lock);
  }

  /** Reads all facts, in the order in which they were written. */
  void read(Consumer<Fact> reader) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (RandomAccessFile input = new RandomAccessFile(path.toFile(), "r")) {
      byte[] record = next(input);
      while (record != null) {
        FactReader.read(record).forEach(reader);
        record = next(input);
      }
    }
  }

  /**
   * Returns the bytes of the next record, or null at the end. A crash can cut off the last record,
   * which was then never acknowledged. Any other record that does not match its checksum is
   * damaged.
   */
  private byte[] next(RandomAccessFile input) throws IOException {
    long start = input.getFilePointer();
    long rest = input.length() - start;
    if (rest < HEADER) {
      return null;
    }
    byte[] header = new byte[HEADER];
    input.readFully(header);
    ByteBuffer fields = ByteBuffer.wrap(header);
    int length = fields.getInt();
    if (fields.getInt() != checksum(header, 4)) {
      if (hasOnlyZeros(input, start)) {
        return null;
      }
      throw new IOException("damaged at byte " + start);
    }
    if (length > rest - HEADER) {
      return null;
    }
    byte[] record = new byte[length];
    input.readFully(record);
    if (fields.getInt() != checksum(record, length)) {
      if (input.getFilePointer() == input.length()) {
        return null;
      }
      throw new IOException("damaged at byte " + start);
    }
    return record;
  }

  /** Returns whether the file was extended, but nothing was written from here on. */
  private static boolean hasOnlyZeros(RandomAccessFile input, long start) throws IOException {
    input.seek(start);
    byte[] rest = new byte[(int) Math.min(Integer.MAX_VALUE - 8, input.length() - start)];
    input.readFully(rest);
    for (byte each : rest) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  /** Replaces the content with these facts, and makes the file ready for {@link #append}. */
  void compact(Stream<Fact> facts) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    try (OutputStream out = Files.newOutputStream(fresh);
        DataOutputStream buffered = new DataOutputStream(new BufferedOutputStream(out))) {
      for (Fact fact : (Iterable<Fact>) facts::iterator) {
        buffered.write(record(List.of(fact)));
      }
    }
    force(fresh);
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(path.getParent());
    file = new RandomAccessFile(path.toFile(), "rw");
    file.seek(file.length());
  }

  /**
   * Appends facts as one record. They are durable when this returns; if it throws, the outcome is
   * unknown.
   */
  void append(List<Fact> facts) throws IOException {
    file.write(record(facts));
    file.getFD().sync();
  }

  /** Returns the size of the file in bytes. */
  long size() throws IOException {
    return file.length();
  }

  private static byte[] record(List<Fact> facts) {
    byte[] bytes = FactWriter.write(facts);
    ByteBuffer record = ByteBuffer.allocate(HEADER + bytes.length).putInt(bytes.length);
    return record
        .putInt(checksum(record.array(), 4))
        .putInt(checksum(bytes, bytes.length))
        .put(bytes)
        .array();
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /** Forces a file or the entries of a directory to disk. */
  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      if (file != null) {
        file.close();
      }
    }
  }
}
