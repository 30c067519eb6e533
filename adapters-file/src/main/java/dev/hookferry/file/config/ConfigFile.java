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
 * The configuration in one file of lines: what there was when the file was begun, then every change
 * since. A change adds one line, which is on the disk when it is answered. Once the changes take
 * more room than what they changed, the file is written anew, so it stays at about twice the size
 * of the configuration and that costs each change little on average.
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

  /** Reads the configuration; there is none in a new store. */
  public ConfigFile(Disk disk, FailStop health) throws IOException {
    this(disk, health, SMALL);
  }

  /**
   * Reads the configuration.
   *
   * @param small how many bytes of changes are never worth writing the file anew
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
            System.Logger.Level.WARNING,
            "the last {0} bytes of {1} in {2} are of a change that was never answered; they are cut"
                + " off",
            opened.size() - end.length(),
            NAME,
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

  /** The audit log that goes with it. */
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
    AuditFiles.Mark before = audit.append(ConfigChange.notes(changes), next.version());
    try {
      DiskFile to = file();
      SegmentEnd after = ConfigLines.write(lines, next.version(), changes, end);
      appending.write(to, lines, end.length());
      end = after;
    } catch (StoreException e) {
      if (health.isUsable()) {
        audit.takeBack(before, e);
      }
      throw e;
    }
    config = next;
    if (end.length() - snapshot > Math.max(small, snapshot)) {
      renew();
    }
    return Optional.of(next.version());
  }

  /** The file to add to; in a new store it is made now. */
  private DiskFile file() {
    DiskFile present = file;
    try {
      if (present == null) {
        Uninterrupted.run(
            () -> AtomicFile.write(disk, NAME, fresh -> end = ConfigLines.write(config, fresh)));
        snapshot = end.length();
        present = disk.open(NAME, Disk.Access.WRITE);
        file = present;
      }
      return present;
    } catch (IOException e) {
      throw new StoreException(
          NAME + " in " + disk + " cannot be written, nothing was changed: " + e.getMessage(), e);
    }
  }

  /**
   * Writes the file anew, with what there is now. The change that was the occasion is answered in
   * any case: as long as the new file is not in place, the old one has it.
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
          NAME + " in " + disk + " could not be written anew and goes on growing",
          e);
      // Not with every change from now on.
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
      // Which of the two files has the name is not known, so nothing may be added to either.
      LOG.log(
          System.Logger.Level.ERROR,
          "the store stops",
          health.fail("putting the new " + NAME + " in its place", e));
    }
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
