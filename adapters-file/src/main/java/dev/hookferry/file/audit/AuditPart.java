package dev.hookferry.file.audit;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.line.LineFormat;
import dev.hookferry.file.line.LineScanner;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of the audit log.
 *
 * @param first sequence number of its first line, which is part of its name
 * @param before exclusive upper bound of the sequence numbers that count; later lines are repeated
 *     in the next file
 */
record AuditPart(long first, long before) {
  private static final Pattern NAME = Pattern.compile("([0-9]{16})\\.audit");

  /**
   * Returns the sequence number in a file name; empty if the file does not belong to the audit log.
   */
  static Optional<Long> numberOf(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
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
   * Reads the lines that count, oldest first.
   *
   * @param torn whether broken lines at the end are tolerated, as a crash leaves them; otherwise
   *     they are damage
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
          AuditLine line = AuditLine.read(scanner);
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
