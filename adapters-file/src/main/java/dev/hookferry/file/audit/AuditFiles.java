package dev.hookferry.file.audit;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.file.line.DurableAppend;
import dev.hookferry.file.line.LineBuffer;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The audit log as line files, framed like the journal and named after the number of their first
 * line. Entries about a configuration change are forced to disk before the change and carry its
 * version. If the change was never written, they are removed when the log is next opened.
 */
public final class AuditFiles implements AuditLog, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditFiles.class.getName());
  private static final int PART_BYTES = 1 << 20;

  /** Maximum number of lines indexed in memory: about 8 MiB. */
  private static final int MAX_LINES = 1 << 19;

  private final Disk disk;
  private final FailStop health;
  private final DurableAppend appending;

  /** Held for writing while files are removed, for reading while a page is read from them. */
  private final ReadWriteLock removal = new ReentrantReadWriteLock();

  private final LineBuffer buffer = new LineBuffer();

  /** Numbers of the first lines, oldest file first. */
  private final List<Long> heads = new ArrayList<>();

  /** The last file; null until something is written. */
  private @Nullable DiskFile active;

  private LogEnd end = new LogEnd(0, 0, 0);

  private final AuditIndexes complete = new AuditIndexes(MAX_LINES);

  /** The index of the last file; may have lines that were rolled back. */
  private AuditIndex growing = new AuditIndex();

  /**
   * The end of the log.
   *
   * @param sequence the number of the last line
   * @param crc the checksum of the last line
   * @param length the length of the last file, in bytes
   */
  public record LogEnd(long sequence, int crc, long length) {}

  /**
   * Opens the log; empty in a new store.
   *
   * @param config the current version of the configuration
   * @throws StoreException if its last file is damaged
   */
  public AuditFiles(Disk disk, FailStop health, long config) throws IOException {
    this.disk = disk;
    this.health = health;
    appending = new DurableAppend(disk, health, "the audit log");
    disk.list().stream()
        .flatMap(name -> AuditPart.numberOf(name).stream())
        .sorted()
        .forEach(heads::add);
    if (!heads.isEmpty()) {
      recover(config);
    }
  }

  private void recover(long config) throws IOException {
    AuditPart last = AuditPart.of(heads).get(heads.size() - 1);
    List<AuditPart.Placed> lines = last.read(disk, true);
    int kept = lines.size();
    while (kept > 0 && lines.get(kept - 1).line().config() == config + 1) {
      kept--;
    }
    LogEnd found = new LogEnd(last.first() - 1, 0, 0);
    if (kept > 0) {
      AuditPart.Placed line = lines.get(kept - 1);
      found = new LogEnd(line.line().sequence(), line.crc(), line.end());
    }
    try (DiskFile file = disk.open(last.name(), Disk.Access.WRITE)) {
      if (file.size() > found.length()) {
        LOG.log(
            System.Logger.Level.INFO,
            "unacknowledged audit entry removed file={0} bytes={1} directory={2}",
            last.name(),
            Long.toString(file.size() - found.length()),
            disk);
        file.truncate(found.length());
      }
    }
    end = found;
    growing = AuditIndex.of(lines.subList(0, kept));
  }

  /** Returns the number of lines in the last file, without any that were rolled back. */
  private int lines() {
    return heads.isEmpty() ? 0 : (int) (end.sequence() + 1 - heads.get(heads.size() - 1));
  }

  @Override
  public synchronized void append(List<AuditEntry> entries) {
    LogEnd unused = append(entries, 0);
  }

  /** Appends entries about a configuration version; returns the previous end of the log. */
  public synchronized LogEnd append(List<AuditEntry> entries, long config) {
    health.check();
    LogEnd before = end;
    if (entries.isEmpty()) {
      return before;
    }
    DiskFile file = room();
    buffer.clear();
    growing.cut(lines());
    long sequence = end.sequence();
    int crc = end.crc();
    for (AuditEntry entry : entries) {
      crc = new AuditLine(++sequence, config, entry).write(buffer, crc);
      growing.add(entry, Math.toIntExact(end.length() + buffer.size()));
    }
    appending.write(file, buffer, end.length());
    end = new LogEnd(sequence, crc, end.length() + buffer.size());
    // A new file may have been started; a rollback then applies to that one.
    return new LogEnd(before.sequence(), before.crc(), end.length() - buffer.size());
  }

  private DiskFile room() {
    try {
      if (heads.isEmpty() || end.length() >= PART_BYTES) {
        return begin(end.sequence() + 1, new byte[0]);
      }
      DiskFile file = active;
      if (file == null) {
        file = disk.open(AuditPart.of(heads).get(heads.size() - 1).name(), Disk.Access.WRITE);
        active = file;
      }
      return file;
    } catch (IOException e) {
      throw new StoreException(
          "cannot use a file in " + disk + "; nothing was changed: " + e.getMessage(), e);
    }
  }

  /** Starts a new last file. */
  private DiskFile begin(long first, byte[] content) throws IOException {
    String name = new AuditPart(first, AuditPart.NONE_AFTER).name();
    DiskFile fresh;
    try {
      Uninterrupted.run(() -> AtomicFile.write(disk, name, List.of(ByteBuffer.wrap(content))));
      fresh = disk.open(name, Disk.Access.WRITE);
    } catch (IOException | RuntimeException e) {
      discard(name, e);
      throw e;
    }
    close();
    active = fresh;
    if (!heads.isEmpty()) {
      complete.put(heads.get(heads.size() - 1), growing.range(0, lines()));
    }
    growing = new AuditIndex();
    heads.add(first);
    end = new LogEnd(end.sequence(), end.crc(), content.length);
    return fresh;
  }

  /** Removes a half-created file; entries are still appended to the previous one. */
  private void discard(String name, Exception why) {
    try {
      disk.delete(name);
      disk.sync();
    } catch (IOException | RuntimeException e) {
      e.addSuppressed(why);
      throw health.fail("removing " + name, e);
    }
  }

  /** Removes the most recently appended entries, because their change was not written. */
  public synchronized void rollBack(LogEnd to, Exception why) {
    DiskFile file = active;
    if (file != null && end.sequence() > to.sequence()) {
      appending.cut(file, to.length(), why);
      end = to;
    }
  }

  /**
   * Returns the current entries, oldest first. Iterating reads one file after another; nothing may
   * be purged meanwhile.
   */
  public Iterable<AuditEntry> oldestFirst() {
    health.check();
    AuditReader reader = reader();
    return () -> reader.oldestFirst().iterator();
  }

  /** Returns the end of the log. */
  public synchronized LogEnd end() {
    return end;
  }

  @Override
  public Page<AuditEntry> entries(AuditQuery query) {
    health.check();
    removal.readLock().lock();
    try {
      return reader().page(query);
    } finally {
      removal.readLock().unlock();
    }
  }

  private synchronized AuditReader reader() {
    AuditIndex last = growing.range(0, lines());
    return new AuditReader(disk, AuditPart.of(heads), end.sequence(), complete, last);
  }

  @Override
  public long purge(Instant before) {
    removal.writeLock().lock();
    try {
      return remove(before);
    } finally {
      removal.writeLock().unlock();
    }
  }

  private synchronized long remove(Instant before) {
    health.check();
    long count = 0;
    try {
      for (AuditPart part : AuditPart.of(heads)) {
        List<AuditPart.Placed> lines = part.read(disk, false);
        int old = 0;
        while (old < lines.size() && lines.get(old).line().entry().at().isBefore(before)) {
          old++;
        }
        count += old;
        boolean whole = old == lines.size();
        if (old > 0 && !(whole && part.before() != AuditPart.NONE_AFTER)) {
          keep(part, lines.get(old - 1));
        }
        if (old > 0 || (whole && part.before() != AuditPart.NONE_AFTER)) {
          disk.delete(part.name());
          heads.remove(part.first());
          complete.remove(part.first());
        }
        if (!whole) {
          break;
        }
      }
      disk.sync();
    } catch (IOException e) {
      throw new StoreException(
          "deleting old audit entries in " + disk + " failed partway: " + e.getMessage(), e);
    }
    return count;
  }

  /** Writes the lines after the last expired one to a new file. */
  private void keep(AuditPart part, AuditPart.Placed old) throws IOException {
    byte[] rest = part.rest(disk, old.end());
    long first = old.line().sequence() + 1;
    if (part.before() == AuditPart.NONE_AFTER) {
      AuditIndex kept = growing.range((int) (first - part.first()), lines());
      DiskFile unused = begin(first, rest);
      growing = kept;
      return;
    }
    String name = new AuditPart(first, part.before()).name();
    Uninterrupted.run(() -> AtomicFile.write(disk, name, List.of(ByteBuffer.wrap(rest))));
    heads.add(heads.indexOf(part.first()) + 1, first);
  }

  @Override
  public synchronized void close() throws IOException {
    DiskFile file = active;
    active = null;
    if (file != null) {
      file.close();
    }
  }
}
