package dev.hookferry.file;

import dev.hookferry.file.config.SmallFiles;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskUsage;
import dev.hookferry.file.disk.LocalDisk;
import dev.hookferry.file.maintenance.AuditRetention;
import dev.hookferry.file.maintenance.BackgroundJobs;
import dev.hookferry.file.maintenance.JournalRetention;
import dev.hookferry.file.maintenance.OpenFiles;
import dev.hookferry.file.record.RecordWriter;
import dev.hookferry.file.search.OpenStore;
import dev.hookferry.file.transfer.JournalSource;
import dev.hookferry.file.transfer.MarkFile;
import dev.hookferry.id.IdSource;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.session.SessionStore;
import dev.hookferry.store.transfer.SnapshotStore;
import dev.hookferry.store.transfer.TransferSource;
import dev.hookferry.store.transfer.TransferTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * A store in a directory of append-only journal files, for one process at a time. Thread-safe.
 *
 * <p>A commit has been forced to disk when the call returns. If forcing fails, the store stops
 * permanently: every later call throws {@link StoreException} until the store is reopened, which
 * trusts only what it reads back. If the disk is full, the commit throws, nothing is changed, and
 * the store stays usable.
 *
 * <p>The heap holds about 100 bytes per pending delivery, 16 bytes per entry of the audit log (at
 * most 8 MiB), and little else.
 */
public final class FileStore implements SnapshotStore {
  private static final System.Logger LOG = System.getLogger(FileStore.class.getName());

  private final Disk disk;
  private final OpenFiles files;
  private final OpenStore open;
  private final SmallFiles small;
  private final BackgroundJobs maintenance;
  private final JournalDeliveries deliveries;
  private final AttemptLog log;
  private final AuditLog audit;
  private final ExecutorService executor;
  private final FileInFlightJournal inFlight;
  private boolean closed;

  private FileStore(
      OpenFiles files, FileInFlightJournal inFlight, IdSource ids, ExecutorService executor) {
    this.files = files;
    this.executor = executor;
    this.inFlight = inFlight;
    open = files.store();
    disk = open.disk();
    small = files.small();
    maintenance = new BackgroundJobs(open, executor, files.checkpointed());
    JournalDeliveries journal =
        new JournalDeliveries(open, maintenance, small.config(), ids, this::close);
    inFlight.reportCrash(disk, () -> open.pending().backlog(any -> true).pending());
    suspect(journal);
    inFlight.clear();
    deliveries = journal;
    log = new JournalLog(open, new JournalRetention(open, maintenance));
    audit = new AuditRetention(small.config().audit(), maintenance);
  }

  /** Records crash suspicions, except on a full disk, which must not prevent a start. */
  private void suspect(JournalDeliveries journal) {
    try {
      journal.suspect(inFlight.found(), inFlight.suspectOnTrial());
    } catch (StoreException e) {
      open.health().check();
      LOG.log(
          System.Logger.Level.WARNING,
          "crash suspicions not recorded: a delivery may crash the process again directory=" + disk,
          e);
    }
  }

  /** Opens the store in a directory with default options. */
  public static FileStore open(Path directory, InstantSource clock) {
    return open(directory, FileStoreOptions.DEFAULT, clock);
  }

  /**
   * Opens the store in a directory, which is created if it does not exist. Blocks.
   *
   * @param clock the store's time
   * @throws StoreException if another store is open in the directory, or if its files are damaged;
   *     the message says where and what to do. Nothing was changed
   * @throws dev.hookferry.store.transfer.StoreInTransferException if it was only partly filled
   */
  public static FileStore open(Path directory, FileStoreOptions options, InstantSource clock) {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(clock, "clock");
    ExecutorService executor = BackgroundJobs.executor();
    try {
      IdSource ids = new IdSource(new SecureRandom());
      return open(LocalDisk.at(directory), options, clock, ids, executor);
    } catch (IOException e) {
      executor.shutdown();
      throw FileTransfer.cannotOpen(directory, e);
    }
  }

  /**
   * Inspects the directory that a store is in or would be in. Changes nothing; a process may be
   * using the store. Blocks.
   *
   * @throws StoreException if it cannot be read or its configuration is damaged
   */
  public static FileInspection inspect(Path directory) {
    Objects.requireNonNull(directory, "directory");
    try {
      return FileInspection.of(directory, FileStoreOptions.DEFAULT);
    } catch (IOException e) {
      throw new StoreException("cannot read " + directory + ": " + e.getMessage(), e);
    }
  }

  /**
   * Opens the content of a store that no process uses. Nothing in it is changed, not even after a
   * crash of its last process. Blocks; may read the whole journal.
   *
   * @throws dev.hookferry.refusal.ConflictException if a process uses the store
   * @throws StoreException if the directory has no store, or one that is damaged or only partly
   *     filled; the message says where
   */
  public static TransferSource openSource(Path directory) {
    return FileTransfer.openSource(directory);
  }

  /**
   * Opens a store to be filled; its directory is created if it does not exist. Blocks.
   *
   * @param clock the store's time
   * @throws dev.hookferry.refusal.ConflictException if a process uses the store
   * @throws StoreException if the store is damaged
   */
  public static TransferTarget openTarget(
      Path directory, FileStoreOptions options, InstantSource clock) {
    return FileTransfer.openTarget(directory, options, clock);
  }

  /**
   * Opens the store on a disk.
   *
   * @param ids source of owner ids
   * @param executor runs background jobs
   */
  static FileStore open(
      Disk disk,
      FileStoreOptions options,
      InstantSource clock,
      IdSource ids,
      ExecutorService executor) {
    OpenFiles files = null;
    boolean isOpen = false;
    try {
      disk.lock();
      MarkFile.refuse(disk);
      files = OpenFiles.open(disk, options.sizes(), clock);
      ReadmeFile.write(disk);
      files.store().journal().reserve().find();
      FileStore store = new FileStore(files, FileInFlightJournal.on(disk), ids, executor);
      isOpen = true;
      return store;
    } catch (IOException e) {
      throw FileTransfer.cannotOpen(disk, e);
    } finally {
      if (!isOpen) {
        if (files != null) {
          files.close();
        }
        disk.close();
        executor.shutdown();
      }
    }
  }

  @Override
  public DeliveryStore deliveries() {
    return deliveries;
  }

  @Override
  public AttemptLog log() {
    return log;
  }

  @Override
  public ConfigStore config() {
    return small.config();
  }

  @Override
  public InFlightJournal inFlightJournal() {
    return inFlight;
  }

  @Override
  public AuditLog audit() {
    return audit;
  }

  @Override
  public ReplayStore replays() {
    return small.replays();
  }

  @Override
  public TallyStore tallies() {
    return small.tallies();
  }

  @Override
  public Optional<SessionStore> sessions() {
    return Optional.of(small.sessions());
  }

  @Override
  public StoreInfo info() {
    long bytes = open.reading(() -> DiskUsage.of(disk));
    String layout = "format " + RecordWriter.FORMAT;
    return new StoreInfo("files in " + disk, layout, bytes, deliveries.alive());
  }

  @Override
  public TransferSource snapshot() {
    maintenance.forbidRemoval();
    boolean isOpen = false;
    try {
      synchronized (open.journal()) {
        open.health().check();
        TransferSource source =
            JournalSource.of(
                disk.toString(), open.segments(), open.pending(), small, maintenance::allowRemoval);
        isOpen = true;
        return source;
      }
    } finally {
      if (!isOpen) {
        maintenance.allowRemoval();
      }
    }
  }

  @Override
  public boolean hasRoom() {
    return open.health().isUsable() && open.journal().reserve().hasRoom();
  }

  @Override
  public Optional<Space> space() {
    return open.journal().reserve().space();
  }

  /** Closes the store. Idempotent; blocks until a last checkpoint is written. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    inFlight.clear();
    synchronized (maintenance) {
      maintenance.end();
      synchronized (open.journal()) {
        try {
          files.checkpoint();
        } finally {
          files.close();
        }
      }
    }
    executor.shutdown();
  }
}
