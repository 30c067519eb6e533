package dev.hookferry.file;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what would survive a crash: forced bytes and synced names. Can be set
 * to fail, and to report every change.
 */
public final class MemoryDisk implements Disk {
  /** Operations that the disk can be told to refuse. */
  public enum Fault {
    WRITE,
    FORCE,
    TRUNCATE,
    RENAME,
    SYNC,
    OPEN
  }

  private final Map<String, Content> names = new TreeMap<>();
  private Map<String, Content> synced = new HashMap<>();
  private final Map<Fault, Integer> faults = new HashMap<>();
  private Runnable afterChange = () -> {};
  private Runnable beforeRead = () -> {};
  private @Nullable Error readError;
  private @Nullable String denied;
  private boolean locked;
  private int open;
  private long bytesRead;
  private long capacity = 1L << 40;

  private static final class Content {
    private byte[] bytes = new byte[0];
    private byte[] forced = new byte[0];
  }

  /** Makes the next so many actions of a kind fail; the first half of a failing write is done. */
  public synchronized void fail(Fault fault, int times) {
    faults.put(fault, times);
  }

  /** Makes the next read end its thread, unless somebody catches that. */
  synchronized void dieAtRead(Error error) {
    readError = error;
  }

  /** Lets nobody open a file. */
  synchronized void deny(String name) {
    denied = name;
  }

  /** Lets files have so many bytes together, from now on. */
  synchronized void holds(long bytes) {
    capacity = bytes;
  }

  @Override
  public synchronized long room() {
    return Math.max(0, capacity - used());
  }

  private long used() {
    return names.values().stream().mapToLong(content -> content.bytes.length).sum();
  }

  /** How many files are open. */
  synchronized int open() {
    return open;
  }

  /** How many bytes have been read. */
  public synchronized long bytesRead() {
    return bytesRead;
  }

  /** Calls somebody after every change. */
  public void afterChange(Runnable told) {
    afterChange = told;
  }

  /** Calls somebody before the next file is opened for reading, once. */
  public void beforeRead(Runnable told) {
    beforeRead = told;
  }

  /** A copy as it is now, as if only the process had died. */
  public synchronized MemoryDisk copy() {
    MemoryDisk copy = new MemoryDisk();
    names.forEach((name, content) -> copy.put(name, content.bytes));
    return copy;
  }

  /** A copy of what is sure to be there after a power failure. */
  public synchronized MemoryDisk afterPowerFailure() {
    MemoryDisk copy = new MemoryDisk();
    synced.forEach((name, content) -> copy.put(name, content.forced));
    return copy;
  }

  /** Puts a file there, durable. */
  public synchronized void put(String name, byte[] bytes) {
    Content content = new Content();
    content.bytes = bytes.clone();
    content.forced = content.bytes.clone();
    names.put(name, content);
    synced = new HashMap<>(names);
  }

  /** Changes a bit of a byte of a file, which may be open. */
  synchronized void flip(String name, int at) {
    names.get(name).bytes[at] ^= 1;
  }

  /** The bytes of a file. */
  public synchronized byte[] get(String name) {
    return names.get(name).bytes.clone();
  }

  private synchronized void check(Fault fault) throws IOException {
    int left = faults.getOrDefault(fault, 0);
    if (left > 0) {
      faults.put(fault, left - 1);
      throw new IOException("injected: " + fault);
    }
  }

  @Override
  public synchronized void lock() {
    if (locked) {
      throw new StoreException("in use");
    }
    locked = true;
  }

  @Override
  public synchronized List<String> list() {
    return List.copyOf(names.keySet());
  }

  @Override
  public DiskFile open(String name, Access access) throws IOException {
    if (access == Access.READ) {
      Runnable told = beforeRead;
      beforeRead = () -> {};
      told.run();
    }
    return opened(name, access);
  }

  private synchronized DiskFile opened(String name, Access access) throws IOException {
    if (name.equals(denied)) {
      throw new AccessDeniedException(name);
    }
    if (access == Access.WRITE) {
      check(Fault.OPEN);
    }
    if (access == Access.CREATE) {
      names.put(name, new Content());
      afterChange.run();
    }
    Content content = names.get(name);
    if (content == null) {
      throw new NoSuchFileException(name);
    }
    open++;
    return new MemoryFile(content);
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    check(Fault.RENAME);
    names.put(to, names.remove(from));
    afterChange.run();
  }

  @Override
  public synchronized void delete(String name) {
    if (names.remove(name) != null) {
      afterChange.run();
    }
  }

  @Override
  public synchronized void sync() throws IOException {
    check(Fault.SYNC);
    synced = new HashMap<>(names);
    afterChange.run();
  }

  @Override
  public synchronized void close() {
    locked = false;
  }

  @Override
  public String toString() {
    return "memory";
  }

  private final class MemoryFile implements DiskFile {
    private final Content content;
    private boolean isClosed;

    MemoryFile(Content content) {
      this.content = content;
    }

    @Override
    public long size() {
      synchronized (MemoryDisk.this) {
        return content.bytes.length;
      }
    }

    @Override
    public void read(ByteBuffer into, long position) {
      synchronized (MemoryDisk.this) {
        Error error = readError;
        if (error != null) {
          readError = null;
          throw error;
        }
        int count = (int) Math.min(into.remaining(), content.bytes.length - position);
        if (count > 0) {
          bytesRead += count;
          into.put(content.bytes, (int) position, count);
        }
      }
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
      synchronized (MemoryDisk.this) {
        int length = from.remaining();
        try {
          check(Fault.WRITE);
        } catch (IOException e) {
          put(from.slice(from.position(), length / 2), (int) position);
          throw e;
        }
        put(from, (int) position);
        afterChange.run();
      }
    }

    private void put(ByteBuffer from, int position) throws IOException {
      int end = position + from.remaining();
      if (end - content.bytes.length > room()) {
        throw new IOException("No space left on device");
      }
      if (end > content.bytes.length) {
        content.bytes = Arrays.copyOf(content.bytes, end);
      }
      from.get(content.bytes, position, from.remaining());
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (MemoryDisk.this) {
        check(Fault.TRUNCATE);
        content.bytes = Arrays.copyOf(content.bytes, (int) Math.min(size, content.bytes.length));
        content.forced = content.bytes.clone();
        afterChange.run();
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (MemoryDisk.this) {
        check(Fault.FORCE);
        content.forced = content.bytes.clone();
        afterChange.run();
      }
    }

    @Override
    public void close() {
      synchronized (MemoryDisk.this) {
        open -= isClosed ? 0 : 1;
        isClosed = true;
      }
    }
  }
}
