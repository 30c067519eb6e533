package dev.hookferry.file.disk;

import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A directory of the local file system, accessible to its owner only. Thread-safe. */
public final class LocalDisk implements Disk {
  /** Name of the lock file. */
  public static final String LOCK = "lock";

  /**
   * Directories locked by this process. Checked before the lock file is opened: on POSIX systems,
   * closing a second channel on it would release the first one's lock.
   */
  private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final boolean posix;
  private final @Nullable FileStore volume;
  private @Nullable FileChannel lock;
  private volatile @Nullable LockedFolder locked;

  private LocalDisk(Path directory) {
    this.directory = directory;
    this.posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    this.volume = Files.isDirectory(directory) ? volume(directory) : null;
  }

  /**
   * Returns the volume of a directory; null if it cannot be found. Called only once, because the
   * lookup is slow, whereas asking a volume for its free space is fast.
   */
  private static @Nullable FileStore volume(Path directory) {
    try {
      return Files.getFileStore(directory);
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  /** Opens a directory, creating it if necessary. */
  public static LocalDisk at(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      LocalDisk fresh = new LocalDisk(path);
      Files.createDirectory(path, fresh.permissions("rwx------"));
    }
    return new LocalDisk(path.toRealPath());
  }

  @Override
  public void lock() throws IOException {
    if (!LOCKED.add(directory)) {
      throw new StoreException(
          directory + " is already in use by this process; close the store that is open in it");
    }
    FileChannel file = null;
    try {
      file = FileChannel.open(directory.resolve(LOCK), options(Access.WRITE, true), owned());
      FileLock held = file.tryLock();
      if (held == null) {
        throw new StoreException(
            directory
                + " is in use by another process ("
                + text(file)
                + "); only one process can use it at a time",
            "stop that process, or use another directory",
            null);
      }
      file.truncate(0).write(StandardCharsets.UTF_8.encode(self()), 0);
      locked = LockedFolder.of(directory);
      lock = file;
    } finally {
      if (lock == null) {
        giveUp(file);
      }
    }
  }

  /** Closes the lock file, and only then lets the next try open it. */
  private void giveUp(@Nullable FileChannel file) throws IOException {
    try {
      if (file != null) {
        file.close();
      }
    } finally {
      LOCKED.remove(directory);
    }
  }

  /**
   * Returns the process that has locked a directory, such as {@code process 4711}; null if none
   * has, or if that cannot be determined. Changes nothing.
   */
  public static @Nullable String holder(Path path) {
    try {
      Path directory = path.toRealPath();
      if (LOCKED.contains(directory)) {
        return self();
      }
      try (FileChannel file = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.READ)) {
        FileLock shared = file.tryLock(0, Long.MAX_VALUE, true);
        if (shared == null) {
          return text(file);
        }
        shared.release();
      }
    } catch (IOException e) {
      return null;
    }
    return null;
  }

  private void requireSame() throws IOException {
    LockedFolder mine = locked;
    if (mine != null) {
      mine.requireSame();
    }
  }

  private static String self() {
    return "process " + ProcessHandle.current().pid();
  }

  private static String text(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(100);
    file.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  @Override
  public List<String> list() throws IOException {
    requireSame();
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    }
    return names;
  }

  @Override
  public DiskFile open(String name, Access access) throws IOException {
    requireSame();
    Path path = directory.resolve(name);
    Set<OpenOption> again = options(access, false);
    FileChannel channel =
        access == Access.CREATE
            ? FileChannel.open(path, options(access, true), owned())
            : FileChannel.open(path, again);
    return new LocalFile(channel, () -> openAgain(path, again));
  }

  private FileChannel openAgain(Path path, Set<OpenOption> options) throws IOException {
    requireSame();
    return FileChannel.open(path, options);
  }

  /**
   * Returns memory mapped to a file, which the operating system keeps when the process is killed.
   * Falls back to plain memory if that fails.
   */
  @Override
  public ByteBuffer notes(String name, int size) {
    Path path = directory.resolve(name);
    try (FileChannel channel = FileChannel.open(path, options(Access.WRITE, true), owned())) {
      // Allocate all blocks first: on a full disk, touching a page without one would kill the
      // thread.
      ByteBuffer blank = ByteBuffer.allocate((int) Math.max(0, size - channel.size()));
      long from = channel.size();
      while (blank.hasRemaining()) {
        from += channel.write(blank, from);
      }
      return channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
    } catch (IOException e) {
      System.getLogger(LocalDisk.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "in-flight journal unavailable: a delivery may crash the process again file=" + path,
              e);
      return ByteBuffer.allocate(size);
    }
  }

  private static Set<OpenOption> options(Access access, boolean create) {
    Set<OpenOption> options = Set.of(StandardOpenOption.READ);
    if (access == Access.READ) {
      return options;
    }
    EnumSet<StandardOpenOption> more =
        EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (create) {
      more.add(StandardOpenOption.CREATE);
    }
    if (create && access == Access.CREATE) {
      more.add(StandardOpenOption.TRUNCATE_EXISTING);
    }
    return Set.copyOf(more);
  }

  private FileAttribute<?>[] owned() {
    return permissions("rw-------");
  }

  private FileAttribute<?>[] permissions(String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public void rename(String from, String to) throws IOException {
    requireSame();
    Files.move(
        directory.resolve(from),
        directory.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String name) throws IOException {
    requireSame();
    Files.deleteIfExists(directory.resolve(name));
  }

  @Override
  public void sync() throws IOException {
    // Windows cannot open directories, and need not sync them either.
    if (posix) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  @Override
  public long room() throws IOException {
    return volume == null ? Long.MAX_VALUE : volume.getUsableSpace();
  }

  @Override
  public void close() {
    FileChannel held = lock;
    if (held != null) {
      lock = null;
      try {
        held.close();
      } catch (IOException e) {
        System.getLogger(LocalDisk.class.getName())
            .log(
                System.Logger.Level.WARNING,
                "directory lock not released directory=" + directory,
                e);
      }
      LOCKED.remove(directory);
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
