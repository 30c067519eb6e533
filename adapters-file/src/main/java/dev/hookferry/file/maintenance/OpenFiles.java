package dev.hookferry.file.maintenance;

import dev.hookferry.file.config.SmallFiles;
import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.disk.SpaceReserve;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.file.journal.Journal;
import dev.hookferry.file.journal.SegmentSizes;
import dev.hookferry.file.search.OpenStore;
import java.io.IOException;
import java.time.InstantSource;

/**
 * The files of a store, opened and recovered.
 *
 * @param store the journal and the pending deliveries
 * @param small the files other than the journal
 * @param checkpointed number of the segment at which recovery from the last checkpoint begins
 */
public record OpenFiles(OpenStore store, SmallFiles small, int checkpointed) {
  private static final System.Logger LOG = System.getLogger(OpenFiles.class.getName());

  /**
   * Opens the files, and creates those of a new store. Closes what it opened if it fails, but not
   * the disk.
   *
   * @throws dev.hookferry.store.StoreException if something is damaged or missing
   */
  public static OpenFiles open(Disk disk, SegmentSizes sizes, InstantSource clock)
      throws IOException {
    FailStop health = new FailStop(disk);
    SmallFiles small = SmallFiles.open(disk, health);
    Recovery recovery = new Recovery(disk, clock);
    boolean isOpen = false;
    try {
      // Must come first, because on a full disk the reserve needs their space.
      AtomicFile.deleteUnfinished(disk);
      SpaceReserve.releaseIfFull(disk, sizes.preallocatedBytes());
      recovery.run();
      Journal journal = new Journal(disk, sizes, health, recovery.segments(), clock);
      OpenStore store =
          new OpenStore(
              disk, sizes, clock, health, recovery.segments(), recovery.pending(), journal);
      OpenFiles files = new OpenFiles(store, small, recovery.checkpointed());
      isOpen = true;
      return files;
    } finally {
      if (!isOpen) {
        recovery.close();
        close(small, disk);
      }
    }
  }

  private static void close(SmallFiles small, Disk disk) {
    try {
      small.config().close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "file not closed directory=" + disk, e);
    }
  }

  /** Trims the journal and writes a checkpoint, so that the next start is fast. */
  public void checkpoint() {
    if (!store.health().hasFailed()) {
      store.journal().trim();
      try {
        Uninterrupted.run(() -> Checkpoint.write(store));
      } catch (IOException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "checkpoint not written: the next start is slower directory=" + store.disk(),
            e);
      }
    }
  }

  /** Closes all files and the disk. */
  public void close() {
    store.segments().replacing().lock();
    try {
      store.health().close();
      close(small, store.disk());
      store.segments().close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "file not closed directory=" + store.disk(), e);
    } finally {
      store.segments().replacing().unlock();
      store.disk().close();
    }
  }
}
