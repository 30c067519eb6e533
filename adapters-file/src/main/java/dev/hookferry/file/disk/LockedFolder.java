package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A directory that this process has locked. Its name may lead to another one later: to a backup
 * that was restored there, and that another process uses.
 *
 * @param path the directory
 * @param key identifies its lock file; null where the file system has no such thing
 */
record LockedFolder(Path path, @Nullable Object key) {
  /** Returns the directory with the lock file that it has now. */
  static LockedFolder of(Path path) throws IOException {
    return new LockedFolder(path, read(path));
  }

  private static @Nullable Object read(Path path) throws IOException {
    return Files.readAttributes(path.resolve(LocalDisk.LOCK), BasicFileAttributes.class).fileKey();
  }

  /** Checks that the name still leads to this directory, with the file that was locked. */
  void requireSame() throws IOException {
    boolean isSame;
    try {
      isSame = Objects.equals(key, read(path));
    } catch (NoSuchFileException e) {
      isSame = false;
    }
    if (!isSame) {
      throw new IOException(
          path
              + ": the lock file is gone, or is not the one that this process has locked: the"
              + " directory was moved, replaced or removed, or the file was deleted; stop this"
              + " process");
    }
  }
}
