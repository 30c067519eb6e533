package dev.hookferry.file.disk;

import dev.hookferry.store.Store;
import dev.hookferry.store.StoreFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Disk space reserved for results of accepted events: a filler file, deleted when the journal needs
 * its space. New events are accepted only while the file is complete and as much space again is
 * free, so that deliveries of accepted events can still be recorded on a full disk. Thread-safe.
 */
public final class SpaceReserve {
  /** Name of the file. */
  public static final String NAME = "reserve";

  private static final System.Logger LOG = System.getLogger(SpaceReserve.class.getName());
  private static final int TIMES = 16;

  /** The reserve is created only if this many times its size is free. */
  private static final int TO_CREATE = 3;

  private final Disk disk;
  private final int step;
  private volatile boolean whole;

  /**
   * Creates a reserve of 16 preallocation steps. No file is written before {@link #hasRoom} is
   * called.
   */
  public SpaceReserve(Disk disk, int preallocatedBytes) {
    this.disk = disk;
    step = preallocatedBytes;
  }

  /**
   * Deletes the reserve if less than one preallocation step is free, so that a store can be opened
   * on a full disk.
   */
  public static void releaseIfFull(Disk disk, int preallocatedBytes) throws IOException {
    if (disk.room() < preallocatedBytes) {
      disk.delete(NAME);
    }
  }

  /**
   * Returns whether new events may be accepted. Recreates the file once three times its size is
   * free.
   */
  public synchronized boolean hasRoom() {
    try {
      if (!whole && disk.room() >= TO_CREATE * size()) {
        byte[] filling = new byte[step];
        AtomicFile.write(
            disk, NAME, Stream.generate(() -> ByteBuffer.wrap(filling)).limit(TIMES).toList());
        whole = true;
      }
      return whole && disk.room() >= size();
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "disk reserve not created: new events are refused directory=" + disk,
          e);
      return false;
    }
  }

  /**
   * Checks that there is room for new events.
   *
   * @throws StoreFullException if there is not
   */
  public void requireRoom() {
    if (!hasRoom()) {
      throw new StoreFullException(
          "the disk is nearly full",
          "the disk of " + disk + " is nearly full; new events are refused");
    }
  }

  /**
   * Returns the free space below which new events are refused, without changing anything.
   *
   * @param disk the disk of the store; null if it does not exist yet
   */
  public static long needed(@Nullable Disk disk, int preallocatedBytes) throws IOException {
    long size = (long) TIMES * preallocatedBytes;
    if (disk == null || !disk.list().contains(NAME)) {
      return TO_CREATE * size;
    }
    try (DiskFile file = disk.open(NAME, Disk.Access.READ)) {
      return file.size() == size ? size : TO_CREATE * size;
    }
  }

  /** Returns the free space, and how much {@link #hasRoom} needs; empty if the disk fails. */
  public Optional<Store.Space> space() {
    // Not synchronized: a status query must not wait for a write to the disk.
    try {
      return Optional.of(new Store.Space(disk.room(), whole ? size() : TO_CREATE * size()));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private long size() {
    return (long) TIMES * step;
  }

  /** Adopts the file that an earlier run left. */
  public synchronized void find() throws IOException {
    if (disk.list().contains(NAME)) {
      try (DiskFile file = disk.open(NAME, Disk.Access.READ)) {
        whole = file.size() == size();
      }
    }
  }

  /**
   * Deletes the reserve if a write of this size failed for lack of space.
   *
   * @param needed size of the failed write in bytes
   * @return whether to retry the write
   */
  public synchronized boolean release(long needed) {
    try {
      if (!whole || disk.room() >= needed) {
        return false;
      }
      whole = false;
      disk.delete(NAME);
      LOG.log(
          System.Logger.Level.ERROR,
          "disk full: new events are refused, results use the reserve directory=" + disk);
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "disk reserve not released: results cannot be stored directory=" + disk,
          e);
      return false;
    }
  }
}
