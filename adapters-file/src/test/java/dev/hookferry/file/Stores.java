package dev.hookferry.file;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.LocalDisk;
import dev.hookferry.id.IdSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;

/** Opens stores of one directory in ways that tests need. */
public final class Stores {
  /** The least that is allowed, and rewritten for anything. */
  static final FileStoreOptions TINY =
      FileStoreOptions.DEFAULT
          .withSegmentBytes(1 << 16)
          .withPreallocatedBytes(1 << 12)
          .withReclaimShare(1e-9);

  private static final InstantSource CLOCK = InstantSource.fixed(Samples.START);
  private static final Random RANDOM = new Random(1);

  private final Path directory;

  public Stores(Path directory) {
    this.directory = directory;
  }

  /** The smallest configuration, with all maintenance done within the commits. */
  FileStore tiny() {
    return open(disk(), TINY);
  }

  public Disk disk() {
    try {
      return LocalDisk.at(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FileStore open(Disk disk, FileStoreOptions options) {
    return FileStore.open(disk, options, CLOCK, new IdSource(RANDOM), new DirectExecutor());
  }
}
