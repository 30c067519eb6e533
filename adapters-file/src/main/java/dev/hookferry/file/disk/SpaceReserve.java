package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Room on the disk that is kept for what must still be written when all the rest is used: a file of
 * nothing, given up when the journal needs its place. New events are accepted only while it is
 * whole and as much again is free; what they lead to is recorded to the last byte. Thread-safe.
 */
public final class SpaceReserve {
  /** The name of the file. */
  public static final String NAME = "reserve";

  private static final System.Logger LOG = System.getLogger(SpaceReserve.class.getName());
  private static final int TIMES = 16;

  private final Disk disk;
  private final byte[] filling;
  private boolean whole;

  /** A reserve for a store that lengthens its files by this many bytes at a time. */
  public SpaceReserve(Disk disk, int preallocatedBytes) {
    this.disk = disk;
    filling = new byte[TIMES * preallocatedBytes];
  }

  /** Gives the place up if nothing else is left, so that a store can be opened on a full disk. */
  public static void openUp(Disk disk, int preallocatedBytes) throws IOException {
    if (disk.room() < preallocatedBytes) {
      disk.delete(NAME);
    }
  }

  /**
   * Whether new events may be accepted. Makes the file again as soon as there is room for it and as
   * much as twice besides.
   */
  public synchronized boolean hasRoom() {
    try {
      if (!whole && disk.room() >= 3L * filling.length) {
        AtomicFile.write(disk, NAME, List.of(ByteBuffer.wrap(filling)));
        whole = true;
      }
      return whole && disk.room() >= filling.length;
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "the reserve in " + disk + " cannot be made", e);
      return false;
    }
  }

  /** Takes over the file that an earlier run has left. */
  public synchronized void find() throws IOException {
    if (disk.list().contains(NAME)) {
      try (DiskFile file = disk.open(NAME, Disk.Access.READ)) {
        whole = file.size() == filling.length;
      }
    }
  }

  /**
   * Gives the place up, if a write that needed so much failed for lack of it.
   *
   * @return whether to try the write again
   */
  public synchronized boolean giveUp(long needed) {
    try {
      if (!whole || disk.room() >= needed) {
        return false;
      }
      whole = false;
      disk.delete(NAME);
      LOG.log(
          System.Logger.Level.WARNING,
          "the disk of " + disk + " is full: what is under way is written into the reserve");
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "the reserve in " + disk + " cannot be used", e);
      return false;
    }
  }
}
