package dev.hookferry.file.config;

import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Stores all replays in one small file, which is replaced as a whole with every change. The first
 * line holds a checksum of the rest; each following line is one replay. Thread-safe.
 */
public final class ReplayFile implements ReplayStore {
  /** Name of the file. */
  static final String NAME = "replays.txt";

  private static final String HEAD = "hookferry replays 1 ";
  private static final Pattern LINE = Pattern.compile("([0-9a-f-]{36}) ([0-9]{1,18}) ([!-~]*)");

  private final Disk disk;
  private final FailStop health;
  private volatile NavigableMap<String, ReplayEntry> byId;

  /**
   * Reads the file, which does not exist in a new store.
   *
   * @throws StoreException if the file is damaged
   */
  public ReplayFile(Disk disk, FailStop health) throws IOException {
    this.disk = disk;
    this.health = health;
    byId = disk.list().contains(NAME) ? read() : new TreeMap<>();
  }

  private NavigableMap<String, ReplayEntry> read() throws IOException {
    byte[] bytes;
    try (DiskFile file = disk.open(NAME, Disk.Access.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(file.size()));
      file.read(buffer, 0);
      bytes = buffer.array();
    }
    String all = new String(bytes, StandardCharsets.US_ASCII);
    int end = all.indexOf('\n') + 1;
    String rest = all.substring(end);
    NavigableMap<String, ReplayEntry> read = new TreeMap<>();
    boolean whole = end > 0 && all.substring(0, end).equals(head(rest));
    for (String line : rest.split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        UUID id = UUID.fromString(matcher.group(1));
        read.put(
            id.toString(), new ReplayEntry(id, Long.parseLong(matcher.group(2)), matcher.group(3)));
      } else {
        whole &= line.isEmpty();
      }
    }
    if (!whole) {
      throw new StoreException(
          NAME + " in " + disk + " is damaged, nothing was changed",
          "restore it from a backup, or remove it to start without the running replays",
          null);
    }
    return read;
  }

  private static String head(String rest) {
    CRC32C crc = new CRC32C();
    crc.update(rest.getBytes(StandardCharsets.US_ASCII));
    return HEAD + String.format(Locale.ROOT, "%08x", crc.getValue()) + "\n";
  }

  @Override
  public List<ReplayEntry> all() {
    health.check();
    return List.copyOf(byId.descendingMap().values());
  }

  @Override
  public synchronized boolean save(UUID id, String text, long expected) {
    health.check();
    ReplayEntry before = byId.get(id.toString());
    if ((before == null ? 0 : before.revision()) != expected) {
      return false;
    }
    NavigableMap<String, ReplayEntry> next = new TreeMap<>(byId);
    next.put(id.toString(), new ReplayEntry(id, expected + 1, text));
    write(next);
    return true;
  }

  /** Adds replays of another store. */
  public synchronized void fill(List<ReplayEntry> replays) {
    health.check();
    NavigableMap<String, ReplayEntry> next = new TreeMap<>(byId);
    replays.forEach(replay -> next.put(replay.id().toString(), replay));
    write(next);
  }

  @Override
  public synchronized void remove(UUID id) {
    health.check();
    NavigableMap<String, ReplayEntry> next = new TreeMap<>(byId);
    if (next.remove(id.toString()) != null) {
      write(next);
    }
  }

  private void write(NavigableMap<String, ReplayEntry> next) {
    StringBuilder lines = new StringBuilder();
    for (ReplayEntry kept : next.values()) {
      lines.append(kept.id()).append(' ').append(kept.revision()).append(' ');
      lines.append(kept.text()).append('\n');
    }
    String whole = head(lines.toString()) + lines;
    ByteBuffer bytes = ByteBuffer.wrap(whole.getBytes(StandardCharsets.US_ASCII));
    try {
      Uninterrupted.run(() -> AtomicFile.write(disk, NAME, List.of(bytes)));
    } catch (IOException e) {
      throw new StoreException(
          NAME + " in " + disk + " could not be written, nothing was changed: " + e.getMessage(),
          e);
    }
    byId = next;
  }
}
