package dev.hookferry.file;

import dev.hookferry.file.config.ConfigFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.LocalDisk;
import dev.hookferry.file.disk.ReadOnlyDisk;
import dev.hookferry.file.disk.SpaceReserve;
import dev.hookferry.store.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of inspecting a file store's directory. An inspection leaves nothing behind, and a
 * server may be using the store.
 *
 * @param exists whether the directory exists
 * @param isWritable whether this process may write into it, or create it
 * @param freeBytes the free space of its disk
 * @param neededBytes the free space below which a server refuses new events
 * @param lastWritten when a file of the store was last written; null if there are no files
 * @param usedBy the process that uses the store, such as {@code process 4711}; null if none does
 * @param config the stored configuration; {@link Config#EMPTY} if there is none yet
 */
public record FileInspection(
    boolean exists,
    boolean isWritable,
    long freeBytes,
    long neededBytes,
    @Nullable Instant lastWritten,
    @Nullable String usedBy,
    Config config) {
  public FileInspection {
    Objects.requireNonNull(config, "config");
  }

  static FileInspection of(Path directory, FileStoreOptions options) throws IOException {
    int step = options.sizes().preallocatedBytes();
    Path existing = existing(directory.toAbsolutePath());
    boolean exists = Files.isDirectory(directory);
    Disk disk = exists ? new ReadOnlyDisk(LocalDisk.at(directory)) : null;
    return new FileInspection(
        exists,
        exists ? Files.isWritable(existing) : canCreateFolder(existing),
        Files.getFileStore(existing).getUsableSpace(),
        SpaceReserve.needed(disk, step),
        exists ? lastWritten(directory) : null,
        exists ? LocalDisk.holder(directory) : null,
        disk == null ? Config.EMPTY : ConfigFile.read(disk));
  }

  /** Returns the path itself if it exists, otherwise the nearest existing folder above it. */
  private static Path existing(Path path) {
    Path existing = path;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing;
  }

  /**
   * Tests by creating a folder, because virtual file systems such as /proc report themselves as
   * writable but are not.
   */
  private static boolean canCreateFolder(Path existing) {
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return false;
    }
    try {
      Files.delete(Files.createTempDirectory(existing, ".hookferry-"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable Instant lastWritten(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    Instant last = null;
    for (Path file : files) {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      last = last == null || written.isAfter(last) ? written : last;
    }
    return last;
  }
}
