package dev.hookferry.file.config;

import dev.hookferry.file.audit.AuditFiles;
import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.file.line.DurableAppend;
import dev.hookferry.file.line.LineBuffer;
import dev.hookferry.file.record.SegmentEnd;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The configuration as a line file: a snapshot, then one line per change, forced to disk before the
 * change is acknowledged. Once the changes outgrow the snapshot, the file is compacted, so it stays
 * at about twice the size of the configuration and the amortized cost of a change stays low.
 */
public final class ConfigFile implements ConfigStore, AutoCloseable {
  /** The name of the file. */
  public static final String NAME = "config.changes";

  private static final System.Logger LOG = System.getLogger(ConfigFile.class.getName());
  private static final int SMALL = 1 << 20;

  private final Disk disk;
  private final FailStop health;
  private final AuditFiles audit;
  private final DurableAppend appending;
  private final int small;
  private final LineBuffer lines = new LineBuffer();
  private volatile Config config = Config.EMPTY;
  private SegmentEnd end = new SegmentEnd(0, 0, 0);
  private int snapshot;
  private @Nullable DiskFile file;

  /** Reads the configuration; empty in a new store. */
  public ConfigFile(Disk disk, FailStop health) throws IOException {
    this(disk, health, SMALL);
  }

  /**
   * Reads the configuration.
   *
   * @param small total size of the changes, in bytes, up to which the file is never compacted
   */
  ConfigFile(Disk disk, FailStop health, int small) throws IOException {
    this.disk = disk;
    this.health = health;
    this.small = small;
    appending = new DurableAppend(disk, health, "the configuration");
    if (disk.list().contains(NAME)) {
      open();
    }
    audit = new AuditFiles(disk, health, config.version());
  }

  /**
   * Reads the configuration of a store that a process may be using; empty if there is none.
   *
   * @throws StoreException if the file is damaged
   */
  public static Config read(Disk disk) throws IOException {
    if (!disk.list().contains(NAME)) {
      return Config.EMPTY;
    }
    try (DiskFile opened = disk.open(NAME, Disk.Access.READ)) {
      return new ConfigLines(disk, NAME).read(opened).config();
    }
  }

  private void open() throws IOException {
    DiskFile opened = disk.open(NAME, Disk.Access.WRITE);
    boolean isRead = false;
    try {
      ConfigLines.Content content = new ConfigLines(disk, NAME).read(opened);
      config = content.config();
      end = content.end();
      snapshot = content.snapshot();
      if (opened.size() > end.length()) {
        LOG.log(
            System.Logger.Level.INFO,
            "unacknowledged change removed file={0} bytes={1} directory={2}",
            NAME,
            Long.toString(opened.size() - end.length()),
            disk);
        opened.truncate(end.length());
      }
      file = opened;
      isRead = true;
    } finally {
      if (!isRead) {
        opened.close();
      }
    }
  }

  /** Returns the audit log of the same store. */
  public AuditFiles audit() {
    return audit;
  }

  @Override
  public Config load() {
    health.check();
    return config;
  }

  @Override
  public Config refresh(Config known) {
    return load();
  }

  @Override
  public long version() {
    return load().version();
  }

  @Override
  public synchronized Optional<Long> save(List<ConfigChange> changes, long expected) {
    health.check();
    if (config.version() != expected) {
      return Optional.empty();
    }
    Config next = config.after(changes);
    // Held across both writes: an entry appended in between would be rolled back with this change's
    // entries.
    synchronized (audit) {
      write(changes, next);
    }
    config = next;
    if (end.length() - snapshot > Math.max(small, snapshot)) {
      renew();
    }
    return Optional.of(next.version());
  }

  private void write(List<ConfigChange> changes, Config next) {
    AuditFiles.LogEnd before = audit.append(ConfigChange.notes(changes), next.version());
    try {
      DiskFile to = file();
      SegmentEnd after = ConfigLines.write(lines, next.version(), changes, end);
      appending.write(to, lines, end.length());
      end = after;
    } catch (StoreException e) {
      if (health.isUsable()) {
        audit.rollBack(before, e);
      }
      throw e;
    }
  }

  /**
   * Replaces the configuration with that of another store, without writing audit entries. Nothing
   * else may be using the store.
   */
  public synchronized void fill(Config content) {
    health.check();
    try {
      DiskFile open = file;
      file = null;
      close(open);
    } catch (IOException e) {
      throw new StoreException("cannot close " + NAME + " in " + disk + ": " + e.getMessage(), e);
    }
    DiskFile unused = create(content);
    config = content;
  }

  /** Returns the file to append to; creates it in a new store. */
  private DiskFile file() {
    DiskFile current = file;
    return current == null ? create(config) : current;
  }

  private DiskFile create(Config content) {
    try {
      Uninterrupted.run(
          () -> AtomicFile.write(disk, NAME, fresh -> end = ConfigLines.write(content, fresh)));
      snapshot = end.length();
      DiskFile created = disk.open(NAME, Disk.Access.WRITE);
      file = created;
      return created;
    } catch (IOException e) {
      throw new StoreException(
          "cannot write " + NAME + " in " + disk + "; nothing was changed: " + e.getMessage(), e);
    }
  }

  private void deleteIfPossible(String unfinished) {
    try {
      disk.delete(unfinished);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "unfinished file not deleted file=" + unfinished + " directory=" + disk,
          e);
    }
  }

  /**
   * Compacts the file to a snapshot of the current configuration. The change that triggered this is
   * durable either way, since the old file contains it until the new file takes its place.
   */
  private void renew() {
    String unfinished = NAME + AtomicFile.UNFINISHED;
    SegmentEnd[] fresh = new SegmentEnd[1];
    try {
      Uninterrupted.run(
          () -> {
            try (DiskFile next = disk.open(unfinished, Disk.Access.CREATE)) {
              fresh[0] = ConfigLines.write(config, next);
              next.force();
            }
          });
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "configuration not compacted: its file grows file=" + NAME + " directory=" + disk,
          e);
      deleteIfPossible(unfinished);
      // Otherwise every later change would try again.
      snapshot = end.length() / 2;
      return;
    }
    try {
      Uninterrupted.run(
          () -> {
            close(file);
            if (disk.list().contains(unfinished)) {
              disk.rename(unfinished, NAME);
            }
            disk.sync();
            file = disk.open(NAME, Disk.Access.WRITE);
          });
      end = fresh[0];
      snapshot = end.length();
    } catch (IOException | RuntimeException e) {
      // It is unknown which of the two files has the name, so neither may be appended to.
      stop(e);
    }
  }

  private void stop(Exception replacing) {
    String cause = health.fail("replacing " + NAME, replacing).getMessage();
    LOG.log(
        System.Logger.Level.ERROR,
        "store stopped: restart the server directory=" + disk + " cause=" + cause);
  }

  private static void close(@Nullable DiskFile open) throws IOException {
    if (open != null) {
      open.close();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    DiskFile open = file;
    file = null;
    close(open);
    audit.close();
  }
}
