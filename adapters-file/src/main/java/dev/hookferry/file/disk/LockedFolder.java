package dev.hookferry.file.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A directory that this process has locked. Its path may later refer to a different directory, such
 * as a restored backup that another process is using.
 *
 * @param path the directory
 * @param key identifies its lock file; null if the file system has no such keys
 */
record LockedFolder(Path path, @Nullable Object key) {
  /** Returns the directory with its current lock file. */
  static LockedFolder of(Path path) throws IOException {
    return new LockedFolder(path, read(path));
  }

  private static @Nullable Object read(Path path) throws IOException {
    return Files.readAttributes(path.resolve(LocalDisk.LOCK), BasicFileAttributes.class).fileKey();
  }

  /** Checks that the path still refers to this directory, with the file that was locked. */
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
