package dev.hookferry.file.audit;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.line.LineFormat;
import dev.hookferry.file.line.LineScanner;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of the audit log.
 *
 * @param first sequence number of its first line, which is part of its name
 * @param before exclusive upper bound of the sequence numbers to read from it; later lines are
 *     repeated in the next file
 */
record AuditPart(long first, long before) {
  /** Bound used for the last file, which is open-ended. */
  static final long NONE_AFTER = Long.MAX_VALUE;

  private static final Pattern NAME = Pattern.compile("([0-9]{16})\\.audit");

  /**
   * Returns the sequence number in a file name; empty if the file does not belong to the audit log.
   */
  static Optional<Long> numberOf(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
  }

  /** Returns the files whose first lines have these numbers, oldest first. */
  static List<AuditPart> of(List<Long> heads) {
    List<AuditPart> parts = new ArrayList<>();
    for (int i = 0; i < heads.size(); i++) {
      long before = i + 1 < heads.size() ? heads.get(i + 1) : NONE_AFTER;
      parts.add(new AuditPart(heads.get(i), before));
    }
    return parts;
  }

  String name() {
    return String.format("%016d.audit", first);
  }

  /**
   * A line with its position in the file.
   *
   * @param offset offset of its first byte
   * @param end offset of the next line
   * @param crc its checksum
   */
  record Placed(AuditLine line, long offset, long end, int crc) {}

  /**
   * Reads the lines up to {@code before}, oldest first.
   *
   * @param torn whether to tolerate broken lines at the end, as a crash leaves them, rather than
   *     treat them as damage
   * @throws StoreException if the file is damaged
   */
  List<Placed> read(Disk disk, boolean torn) throws IOException {
    List<Placed> lines = new ArrayList<>();
    try (DiskFile file = disk.open(name(), Disk.Access.READ)) {
      LineScanner scanner = new LineScanner(file);
      boolean broken = false;
      int chain = 0;
      while (lines.size() < before - first && scanner.next()) {
        boolean fits = scanner.isIntact() && follows(scanner, lines.size(), chain);
        if ((!fits && !torn) || (broken && scanner.isIntact())) {
          throw damaged(disk, scanner.number());
        }
        broken |= !fits;
        if (!broken) {
          AuditLine line = AuditLine.read(scanner.bytes(), scanner.start(), scanner.end());
          chain = LineFormat.crc(scanner.bytes(), scanner.start());
          long end = scanner.offset() + scanner.end() - scanner.start() + 1L;
          lines.add(new Placed(line, scanner.offset(), end, chain));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new StoreException(name() + " in " + disk + " cannot be read: " + e.getMessage(), e);
    }
    return lines;
  }

  /**
   * Reads one line.
   *
   * @param index the index of the file
   * @param at the line, counted from 0
   * @return the line; empty if it is damaged, or was rolled back
   */
  Optional<AuditLine> read(DiskFile file, AuditIndex index, int at) throws IOException {
    byte[] bytes = new byte[index.end(at) - index.start(at)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    file.read(buffer, index.start(at));
    int end = bytes.length - 1;
    if (buffer.hasRemaining()
        || bytes[end] != '\n'
        || !LineFormat.isIntact(bytes, 0, end)
        || LineFormat.sequence(bytes, 0) != first + at) {
      return Optional.empty();
    }
    return Optional.of(AuditLine.read(bytes, 0, end));
  }

  /** Returns the bytes from a position to the end of the file. */
  byte[] rest(Disk disk, long from) throws IOException {
    try (DiskFile file = disk.open(name(), Disk.Access.READ)) {
      byte[] bytes = new byte[Math.toIntExact(file.size() - from)];
      file.read(ByteBuffer.wrap(bytes), from);
      return bytes;
    }
  }

  private boolean follows(LineScanner scanner, int count, int chain) {
    return LineFormat.sequence(scanner.bytes(), scanner.start()) == first + count
        && (count == 0 || LineFormat.chain(scanner.bytes(), scanner.start()) == chain);
  }

  private StoreException damaged(Disk disk, long line) {
    return new StoreException(
        name() + " in " + disk + " is damaged at line " + line + ", nothing was changed",
        "restore the file from a backup, or move it away to start without its audit entries",
        null);
  }
}
