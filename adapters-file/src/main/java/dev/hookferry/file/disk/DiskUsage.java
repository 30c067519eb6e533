package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Measures the disk space that a store uses. */
public final class DiskUsage {
  private DiskUsage() {}

  /**
   * Returns the total size of all complete files, in bytes. Skips unreadable files, such as {@code
   * lost+found}, files that have disappeared, and the lock file, which must not be opened twice.
   */
  public static long of(Disk disk) throws IOException {
    long sum = 0;
    for (String name : disk.list()) {
      if (!name.equals(LocalDisk.LOCK) && !name.endsWith(AtomicFile.UNFINISHED)) {
        sum += size(disk, name);
      }
    }
    return sum;
  }

  private static long size(Disk disk, String name) throws IOException {
    try (DiskFile file = disk.open(name, Disk.Access.READ)) {
      return file.size();
    } catch (AccessDeniedException | NoSuchFileException e) {
      return 0;
    }
  }
}
