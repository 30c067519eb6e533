package dev.hookferry.file.audit;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a snapshot of the audit log. New entries may be written while it reads, but no file may be
 * removed.
 */
final class AuditReader {
  private final Disk disk;
  private final List<AuditPart> parts;
  private final long last;
  private final AuditIndexes complete;
  private final AuditIndex growing;

  /**
   * Creates a reader of these files.
   *
   * @param parts the files, oldest first
   * @param last sequence number of the last line to read
   * @param complete cached indexes of all files but the last; missing ones are added
   * @param growing the index of the last file
   */
  AuditReader(
      Disk disk, List<AuditPart> parts, long last, AuditIndexes complete, AuditIndex growing) {
    this.disk = disk;
    this.parts = parts;
    this.last = last;
    this.complete = complete;
    this.growing = growing;
  }

  /** Returns a page of matching entries, newest first; cursors are sequence numbers. */
  Page<AuditEntry> page(AuditQuery query) {
    long below = Math.min(cursor(query), last + 1);
    AuditProbe probe = new AuditProbe(query);
    List<AuditLine> found = new ArrayList<>();
    for (int i = parts.size() - 1; i >= 0 && found.size() <= probe.limit(); i--) {
      find(parts.get(i), probe, below, found);
    }
    boolean hasMore = found.size() > probe.limit();
    List<AuditLine> shown = hasMore ? found.subList(0, probe.limit()) : found;
    String next = hasMore ? Long.toString(shown.get(shown.size() - 1).sequence()) : null;
    return new Page<>(shown.stream().map(AuditLine::entry).toList(), next);
  }

  /** Adds matching lines of a file, newest first, until there is one more than fits on the page. */
  private void find(AuditPart part, AuditProbe probe, long below, List<AuditLine> found) {
    AuditIndex index = index(part);
    long lines = Math.min(index.size(), Math.min(part.before(), below) - part.first());
    int at = index.lastBefore((int) Math.max(0, lines), probe);
    if (at < 0) {
      return;
    }
    try (DiskFile file = disk.open(part.name(), Disk.Access.READ)) {
      while (at >= 0 && found.size() <= probe.limit()) {
        line(part, file, index, at)
            .filter(line -> probe.matches(line.entry()))
            .ifPresent(found::add);
        at = index.lastBefore(at, probe);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(part, e);
    }
  }

  private AuditIndex index(AuditPart part) {
    if (isGrowing(part)) {
      return growing;
    }
    AuditIndex known = complete.get(part.first());
    if (known == null) {
      known = AuditIndex.of(lines(part));
      complete.put(part.first(), known);
    }
    return known;
  }

  private Optional<AuditLine> line(AuditPart part, DiskFile file, AuditIndex index, int at)
      throws IOException {
    Optional<AuditLine> line = part.read(file, index, at);
    if (line.isPresent()) {
      return line;
    }
    // Either rolled back in the meantime or damaged; only the lines after it show which.
    return lines(part).stream()
        .map(AuditPart.Placed::line)
        .filter(one -> one.sequence() == part.first() + at)
        .findFirst();
  }

  /** Returns all entries, oldest first, reading one file after the other. */
  Stream<AuditEntry> oldestFirst() {
    return parts.stream()
        .flatMap(part -> lines(part).stream())
        .map(AuditPart.Placed::line)
        .filter(line -> line.sequence() <= last)
        .map(AuditLine::entry);
  }

  private boolean isGrowing(AuditPart part) {
    return part.equals(parts.get(parts.size() - 1));
  }

  /** Reads one file. A torn end is tolerated only in the last one, which may be growing. */
  private List<AuditPart.Placed> lines(AuditPart part) {
    try {
      return part.read(disk, isGrowing(part));
    } catch (IOException e) {
      throw unreadable(part, e);
    }
  }

  private StoreException unreadable(AuditPart part, Exception why) {
    return new StoreException(
        part.name() + " in " + disk + " cannot be read: " + why.getMessage(), why);
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
