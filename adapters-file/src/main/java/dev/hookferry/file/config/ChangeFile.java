package dev.hookferry.file.config;

import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * A file of changes: one line of ASCII per change, each with a checksum. It is rewritten once it
 * has grown to about twice the size that its current content needs. Not thread-safe.
 */
final class ChangeFile {
  private static final System.Logger LOG = System.getLogger(ChangeFile.class.getName());
  private static final long SMALL = 64 << 10;
  private static final int UNKNOWN = -1;
  private static final int SUM_DIGITS = 8;

  private final Disk disk;
  private final String name;

  /** Size of the file, in bytes, after it was last rewritten. */
  private long compacted;

  /** Offset of the next line, or {@link #UNKNOWN} if the file must be rewritten first. */
  private long end = UNKNOWN;

  ChangeFile(Disk disk, String name) {
    this.disk = disk;
    this.name = name;
  }

  /**
   * Reads the file, if there is one. Damaged lines are skipped.
   *
   * @param apply applies a change; returns false if it is damaged
   * @param loss how damaged lines affect users, for the log
   */
  void read(Predicate<String> apply, String loss) throws IOException {
    if (!disk.list().contains(name)) {
      return;
    }
    ByteBuffer bytes;
    try (DiskFile file = disk.open(name, Disk.Access.READ)) {
      bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
      file.read(bytes, 0);
    }
    int damaged = 0;
    for (String line : new String(bytes.array(), StandardCharsets.US_ASCII).split("\n", -1)) {
      String change = line.length() > SUM_DIGITS ? line.substring(SUM_DIGITS + 1) : "";
      if (!line.isEmpty() && !(line.equals(checked(change)) && apply.test(change))) {
        damaged++;
      }
    }
    if (damaged > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "damaged lines skipped: {0} lines={1} file={2} directory={3}",
          loss,
          Integer.toString(damaged),
          name,
          disk);
    }
  }

  /**
   * Appends changes; they are durable on return.
   *
   * @param everything supplies changes that lead to the current content, in case the file is
   *     rewritten
   * @throws StoreException if the file cannot be written
   */
  void append(List<String> changes, Supplier<List<String>> everything) {
    try {
      Uninterrupted.run(() -> write(changes, everything));
    } catch (IOException e) {
      end = UNKNOWN;
      throw new StoreException(
          name + " in " + disk + " could not be written: " + e.getMessage(), e);
    }
  }

  private void write(List<String> changes, Supplier<List<String>> everything) throws IOException {
    if (end == UNKNOWN || end > SMALL + 2 * compacted) {
      ByteBuffer all = lines(everything.get());
      compacted = all.remaining();
      AtomicFile.write(disk, name, List.of(all));
      end = compacted;
      return;
    }
    ByteBuffer more = lines(changes);
    int length = more.remaining();
    try (DiskFile file = disk.open(name, Disk.Access.WRITE)) {
      file.write(more, end);
      file.force();
    }
    end += length;
  }

  private static ByteBuffer lines(List<String> changes) {
    String lines =
        changes.stream().map(change -> checked(change) + "\n").collect(Collectors.joining());
    return ByteBuffer.wrap(lines.getBytes(StandardCharsets.US_ASCII));
  }

  private static String checked(String change) {
    CRC32C crc = new CRC32C();
    crc.update(change.getBytes(StandardCharsets.US_ASCII));
    return String.format(Locale.ROOT, "%08x ", crc.getValue()) + change;
  }
}
