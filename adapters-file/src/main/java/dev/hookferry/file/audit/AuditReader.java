package dev.hookferry.file.audit;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a snapshot of the audit log. New entries may be written meanwhile, but no file may be
 * removed.
 */
final class AuditReader {
  private final Disk disk;
  private final List<AuditPart> parts;
  private final long last;

  /**
   * Creates a reader of these files.
   *
   * @param parts the files, oldest first
   * @param last sequence number of the last line that counts
   */
  AuditReader(Disk disk, List<AuditPart> parts, long last) {
    this.disk = disk;
    this.parts = parts;
    this.last = last;
  }

  /** Returns a page of matching entries, newest first; cursors are sequence numbers. */
  Page<AuditEntry> page(AuditQuery query) {
    long below = Math.min(cursor(query), last + 1);
    List<AuditEntry> data = new ArrayList<>();
    long shown = 0;
    for (int i = parts.size() - 1; i >= 0; i--) {
      List<AuditPart.Placed> lines = lines(parts.get(i), i == parts.size() - 1);
      for (int j = lines.size() - 1; j >= 0; j--) {
        AuditLine line = lines.get(j).line();
        if (line.sequence() < below && query.matches(line.entry())) {
          if (data.size() == query.page().limit()) {
            return new Page<>(data, Long.toString(shown));
          }
          data.add(line.entry());
          shown = line.sequence();
        }
      }
    }
    return new Page<>(data, null);
  }

  /** Returns all entries, oldest first, reading one file after the other. */
  Stream<AuditEntry> oldestFirst() {
    return parts.stream()
        .flatMap(part -> lines(part, part.equals(parts.get(parts.size() - 1))).stream())
        .map(AuditPart.Placed::line)
        .filter(line -> line.sequence() <= last)
        .map(AuditLine::entry);
  }

  /** Reads one file. A torn end is tolerated only in the last one, which may be growing. */
  private List<AuditPart.Placed> lines(AuditPart part, boolean growing) {
    try {
      return part.read(disk, growing);
    } catch (IOException e) {
      throw new StoreException(
          part.name() + " in " + disk + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static long cursor(AuditQuery query) {
    String cursor = query.page().cursor();
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    if (!cursor.matches("[1-9][0-9]{0,17}")) {
      throw InvalidException.of(
          "cursor", "must be the \"next\" value of the previous page, unchanged");
    }
    return Long.parseLong(cursor);
  }
}
