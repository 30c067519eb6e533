package dev.hookferry.file.config;

import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.session.SessionEntry;
import dev.hookferry.store.session.SessionFilter;
import dev.hookferry.store.session.SessionStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Stores sessions in one file, one line with a checksum for each change: the session as it is from
 * then on, or the hash of one that has ended. The file is rewritten once it has grown to about
 * twice its compacted size. Damaged lines are skipped: who had such a session signs in again.
 * Thread-safe.
 */
public final class SessionFile implements SessionStore {
  /** Name of the file. */
  static final String NAME = "sessions.txt";

  private static final System.Logger LOG = System.getLogger(SessionFile.class.getName());
  private static final long SMALL = 64 << 10;
  private static final int UNKNOWN = -1;
  private static final int SUM_DIGITS = 8;

  private final Disk disk;
  private final FailStop health;
  private final Map<String, SessionEntry> byHash = new LinkedHashMap<>();

  /** Size of the file, in bytes, after it was last rewritten. */
  private long compacted;

  /** Offset of the next line, or {@link #UNKNOWN} if the file must be rewritten first. */
  private long end = UNKNOWN;

  /** Reads the file, which does not exist in a new store. */
  public SessionFile(Disk disk, FailStop health) throws IOException {
    this.disk = disk;
    this.health = health;
    if (disk.list().contains(NAME)) {
      read();
    }
  }

  private void read() throws IOException {
    ByteBuffer bytes;
    try (DiskFile file = disk.open(NAME, Disk.Access.READ)) {
      bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
      file.read(bytes, 0);
    }
    int damaged = 0;
    for (String line : new String(bytes.array(), StandardCharsets.US_ASCII).split("\n", -1)) {
      if (!line.isEmpty() && !isApplied(line)) {
        damaged++;
      }
    }
    if (damaged > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "damaged lines skipped, some users must sign in again: lines={0} file={1} directory={2}",
          damaged,
          NAME,
          disk);
    }
  }

  private boolean isApplied(String line) {
    String change = line.length() > SUM_DIGITS ? line.substring(SUM_DIGITS + 1) : "";
    if (!line.startsWith(sum(change) + " ")) {
      return false;
    }
    if (change.startsWith("- ")) {
      byHash.remove(change.substring(2));
    } else {
      SessionEntry entry = SessionLine.parse(change);
      byHash.put(entry.hash(), entry);
    }
    return true;
  }

  @Override
  public synchronized void add(SessionEntry entry) {
    health.check();
    byHash.put(entry.hash(), entry);
    write(SessionLine.of(entry));
  }

  @Override
  public synchronized Optional<SessionEntry> find(String hash) {
    health.check();
    return Optional.ofNullable(byHash.get(hash));
  }

  @Override
  public synchronized Optional<SessionEntry> take(String hash) {
    health.check();
    Optional<SessionEntry> taken = Optional.ofNullable(byHash.get(hash));
    removeAll(taken.stream().toList());
    return taken;
  }

  @Override
  public synchronized boolean extend(String hash, Instant usedAt, Instant expiresAt) {
    health.check();
    SessionEntry entry = byHash.get(hash);
    if (entry == null) {
      return false;
    }
    add(entry.extended(usedAt, expiresAt));
    return true;
  }

  @Override
  public synchronized List<SessionEntry> list(
      SessionFilter filter, @Nullable UUID before, int limit) {
    health.check();
    return byHash.values().stream()
        .filter(filter::matches)
        .filter(entry -> before == null || id(entry).compareTo(before.toString()) < 0)
        .sorted(Comparator.comparing(SessionFile::id).reversed())
        .limit(limit)
        .toList();
  }

  private static String id(SessionEntry entry) {
    return entry.id().toString();
  }

  @Override
  public synchronized int remove(SessionFilter filter) {
    health.check();
    return removeAll(byHash.values().stream().filter(filter::matches).toList());
  }

  @Override
  public synchronized int purge(Instant now) {
    health.check();
    return removeAll(
        byHash.values().stream().filter(entry -> !entry.expiresAt().isAfter(now)).toList());
  }

  /** Removes them from memory first: if the disk fails, they have ended at least here. */
  private int removeAll(Collection<SessionEntry> entries) {
    if (!entries.isEmpty()) {
      entries.forEach(entry -> byHash.remove(entry.hash()));
      write(entries.stream().map(entry -> "- " + entry.hash()).toArray(String[]::new));
    }
    return entries.size();
  }

  private void write(String... changes) {
    try {
      Uninterrupted.run(() -> append(changes));
    } catch (IOException e) {
      end = UNKNOWN;
      throw new StoreException(
          NAME + " in " + disk + " could not be written: " + e.getMessage(), e);
    }
  }

  private void append(String... changes) throws IOException {
    if (end == UNKNOWN || end > SMALL + 2 * compacted) {
      ByteBuffer all = lines(byHash.values().stream().map(SessionLine::of).toList());
      compacted = all.remaining();
      AtomicFile.write(disk, NAME, List.of(all));
      end = compacted;
      return;
    }
    ByteBuffer more = lines(List.of(changes));
    int length = more.remaining();
    try (DiskFile file = disk.open(NAME, Disk.Access.WRITE)) {
      file.write(more, end);
      file.force();
    }
    end += length;
  }

  private static ByteBuffer lines(List<String> changes) {
    String lines =
        changes.stream()
            .map(change -> sum(change) + " " + change + "\n")
            .collect(Collectors.joining());
    return ByteBuffer.wrap(lines.getBytes(StandardCharsets.US_ASCII));
  }

  private static String sum(String change) {
    CRC32C crc = new CRC32C();
    crc.update(change.getBytes(StandardCharsets.US_ASCII));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
