package dev.hookferry.file;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk that forgets: around a {@link MemoryDisk}, it remembers every write and every change of a
 * name that was not forced yet. A crash then keeps some of these and loses others, in any
 * combination that a real disk could leave: whole sectors of a write, in any order, with garbage in
 * the place of some; renames and new names only as far as the directory was synced.
 */
public final class SimulatedDisk implements Disk {
  /** Small, so that a batch has many. */
  private static final int SECTOR = 128;

  private final MemoryDisk live;

  /** Forced contents by the file's own number: names move, files stay. */
  private final Map<Integer, byte[]> durable = new HashMap<>();

  /** The bytes of each file, forced or not. */
  private final Map<Integer, byte[]> current = new HashMap<>();

  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final Map<String, Integer> syncedNames = new LinkedHashMap<>();

  /** The directory after each change since the last sync, for a disk that writes some of them. */
  private final List<Map<String, Integer>> unsynced = new ArrayList<>();

  private int files;

  public SimulatedDisk(MemoryDisk live) {
    this.live = live;
    for (String name : live.list()) {
      int file = ++files;
      durable.put(file, live.get(name));
      current.put(file, live.get(name));
      names.put(name, file);
      syncedNames.put(name, file);
    }
  }

  /** Returns the contents that a power failure at this moment may leave. */
  public synchronized MemoryDisk crash(Random random) {
    Map<String, Integer> kept = syncedNames;
    if (!unsynced.isEmpty() && random.nextBoolean()) {
      kept = unsynced.get(random.nextInt(unsynced.size()));
    }
    MemoryDisk image = new MemoryDisk();
    kept.forEach((name, file) -> image.put(name, torn(file, random)));
    return image;
  }

  /** Sector by sector what was forced, what was written, or garbage. */
  private byte[] torn(int file, Random random) {
    byte[] old = durable.getOrDefault(file, new byte[0]);
    byte[] now = current.getOrDefault(file, new byte[0]);
    if (Arrays.equals(old, now)) {
      return old;
    }
    // The length is written apart from the bytes.
    int shorter = Math.min(old.length, now.length);
    int longer = Math.max(old.length, now.length);
    byte[] image = Arrays.copyOf(old, shorter + random.nextInt(longer - shorter + 1));
    byte[] written = Arrays.copyOf(now, Math.max(now.length, image.length));
    int lost = random.nextInt(101);
    for (int start = 0; start < image.length; start += SECTOR) {
      int end = Math.min(start + SECTOR, image.length);
      boolean changed = !same(old, now, start, end);
      if (changed && random.nextInt(100) >= lost) {
        System.arraycopy(written, start, image, start, end - start);
      } else if (changed && random.nextInt(4) == 0) {
        garbage(image, old, now, start, random);
      }
    }
    return image;
  }

  private static boolean same(byte[] old, byte[] now, int start, int end) {
    return end <= old.length
        && end <= now.length
        && Arrays.equals(old, start, end, now, start, end);
  }

  /** A sector in the middle of its write: garbage from the first byte on that was to change. */
  private static void garbage(byte[] image, byte[] old, byte[] now, int start, Random random) {
    int end = Math.min(start + SECTOR, image.length);
    int from = start;
    while (from < Math.min(old.length, now.length) && old[from] == now[from]) {
      from++;
    }
    byte[] noise = new byte[Math.max(0, end - from)];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, image, Math.min(from, end), noise.length);
  }

  @Override
  public void lock() {
    live.lock();
  }

  @Override
  public List<String> list() {
    return live.list();
  }

  @Override
  public synchronized DiskFile open(String name, Access access) throws IOException {
    if (access == Access.CREATE) {
      int made = ++files;
      current.put(made, new byte[0]);
      durable.put(made, new byte[0]);
      names.put(name, made);
      unsynced.add(new LinkedHashMap<>(names));
    }
    return new Watched(live.open(name, access), names.getOrDefault(name, 0));
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    names.put(to, names.remove(from));
    unsynced.add(new LinkedHashMap<>(names));
    live.rename(from, to);
  }

  @Override
  public synchronized void delete(String name) {
    if (names.remove(name) != null) {
      unsynced.add(new LinkedHashMap<>(names));
    }
    live.delete(name);
  }

  @Override
  public synchronized void sync() throws IOException {
    syncedNames.clear();
    syncedNames.putAll(names);
    unsynced.clear();
    live.sync();
  }

  @Override
  public long room() {
    return live.room();
  }

  @Override
  public void close() {
    live.close();
  }

  @Override
  public String toString() {
    return live.toString();
  }

  private final class Watched implements DiskFile {
    private final DiskFile file;
    private final int number;

    Watched(DiskFile file, int number) {
      this.file = file;
      this.number = number;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void read(ByteBuffer into, long position) throws IOException {
      file.read(into, position);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        ByteBuffer copy = from.duplicate();
        int end = (int) position + copy.remaining();
        byte[] bytes = current.getOrDefault(number, new byte[0]);
        byte[] next = Arrays.copyOf(bytes, Math.max(bytes.length, end));
        copy.get(next, (int) position, copy.remaining());
        current.put(number, next);
        file.write(from, position);
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (SimulatedDisk.this) {
        byte[] bytes = current.getOrDefault(number, new byte[0]);
        byte[] cut = Arrays.copyOf(bytes, (int) Math.min(size, bytes.length));
        current.put(number, cut);
        durable.put(number, cut);
        file.truncate(size);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (SimulatedDisk.this) {
        durable.put(number, current.getOrDefault(number, new byte[0]));
        file.force();
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
