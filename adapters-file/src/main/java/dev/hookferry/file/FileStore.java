package dev.hookferry.file;

import dev.hookferry.file.config.ConfigFile;
import dev.hookferry.file.config.ReplayFile;
import dev.hookferry.file.config.TallyFile;
import dev.hookferry.file.disk.AtomicFile;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskUsage;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.file.disk.LocalDisk;
import dev.hookferry.file.disk.SpaceReserve;
import dev.hookferry.file.disk.Uninterrupted;
import dev.hookferry.file.journal.Journal;
import dev.hookferry.file.journal.Segments;
import dev.hookferry.file.maintenance.BackgroundJobs;
import dev.hookferry.file.maintenance.Checkpoint;
import dev.hookferry.file.maintenance.JournalRetention;
import dev.hookferry.file.maintenance.Recovery;
import dev.hookferry.file.record.RecordWriter;
import dev.hookferry.file.search.OpenStore;
import dev.hookferry.id.IdSource;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreInfo;
import dev.hookferry.store.TallyStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A store in a directory of append-only journal files, for one process at a time. Thread-safe.
 *
 * <p>A commit is forced to disk when it returns. If forcing fails, the store stops permanently:
 * every later call throws {@link StoreException} until the store is reopened, which trusts only
 * what it reads back. If the disk is full, the commit throws, nothing is changed, and the store
 * stays usable.
 *
 * <p>The heap holds about 100 bytes per pending delivery and little else.
 */
public final class FileStore implements Store {
  private static final System.Logger LOG = System.getLogger(FileStore.class.getName());
  private static final String README = "README.txt";

  private final Disk disk;
  private final OpenStore open;
  private final BackgroundJobs maintenance;
  private final JournalDeliveries deliveries;
  private final AttemptLog log;
  private final ConfigFile config;
  private final ReplayStore replays;
  private final TallyStore tallies;
  private final ExecutorService executor;
  private final FileInFlightJournal inFlight;
  private boolean closed;

  private FileStore(Disk disk, Opened opened, ExecutorService executor) {
    this.disk = disk;
    this.executor = executor;
    open = opened.parts();
    config = opened.config();
    replays = opened.replays();
    tallies = opened.tallies();
    maintenance = new BackgroundJobs(open, executor, opened.checkpointed());
    inFlight = opened.flights();
    JournalDeliveries journal =
        new JournalDeliveries(open, maintenance, config, opened.ids(), this::close);
    suspect(journal);
    inFlight.clear();
    deliveries = journal;
    log = new JournalLog(open, new JournalRetention(open, maintenance));
  }

  /** A full disk must not prevent a start; crash suspicions are then not recorded. */
  private void suspect(JournalDeliveries journal) {
    try {
      journal.suspect(inFlight.found(), inFlight.suspectOnTrial());
    } catch (StoreException e) {
      open.health().check();
      LOG.log(System.Logger.Level.WARNING, "could not record the requests in flight", e);
    }
  }

  private record Opened(
      OpenStore parts,
      ConfigFile config,
      ReplayStore replays,
      TallyStore tallies,
      IdSource ids,
      int checkpointed,
      FileInFlightJournal flights) {}

  /** Opens the store in a directory with default options. */
  public static FileStore open(Path directory, InstantSource clock) {
    return open(directory, FileStoreOptions.DEFAULT, clock);
  }

  /**
   * Opens the store in a directory, which is created if it does not exist. Blocks.
   *
   * @param clock the store's time
   * @throws StoreException if another store is open in the directory, or if its files are damaged;
   *     the message says where and what to do. Nothing is changed then
   */
  public static FileStore open(Path directory, FileStoreOptions options, InstantSource clock) {
    ExecutorService executor =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "hookferry-file");
              thread.setDaemon(true);
              return thread;
            });
    try {
      IdSource ids = new IdSource(new SecureRandom());
      return open(LocalDisk.at(directory), options, clock, ids, executor);
    } catch (IOException e) {
      executor.shutdown();
      throw new StoreException("cannot open " + directory, e);
    }
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
    Recovery recovery = new Recovery(disk, clock);
    ConfigFile config = null;
    boolean isOpen = false;
    try {
      disk.lock();
      FailStop health = new FailStop(disk);
      config = new ConfigFile(disk, health);
      ReplayStore replays = new ReplayFile(disk, health);
      TallyStore tallies = new TallyFile(disk, health);
      SpaceReserve.openUp(disk, options.sizes().preallocatedBytes());
      recovery.run();
      Segments segments = recovery.segments();
      Journal journal = new Journal(disk, options.sizes(), health, segments, clock);
      OpenStore parts =
          new OpenStore(
              disk, options.sizes(), clock, health, segments, recovery.pending(), journal);
      writeReadme(disk);
      journal.reserve().find();
      FileInFlightJournal flights =
          new FileInFlightJournal(disk.notes(FileInFlightJournal.NAME, FileInFlightJournal.BYTES));
      Opened opened =
          new Opened(parts, config, replays, tallies, ids, recovery.checkpointed(), flights);
      FileStore store = new FileStore(disk, opened, executor);
      isOpen = true;
      return store;
    } catch (IOException e) {
      throw new StoreException("cannot open " + disk + ": " + e.getMessage(), e);
    } finally {
      if (!isOpen) {
        recovery.close();
        close(disk, config);
        disk.close();
        executor.shutdown();
      }
    }
  }

  private static void close(Disk disk, @Nullable ConfigFile config) {
    try {
      if (config != null) {
        config.close();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a file in " + disk + " was not closed", e);
    }
  }

  private static void writeReadme(Disk disk) throws IOException {
    if (!disk.list().contains(README)) {
      try (InputStream text = FileStore.class.getResourceAsStream(README)) {
        byte[] bytes = text == null ? new byte[0] : text.readAllBytes();
        AtomicFile.write(disk, README, List.of(ByteBuffer.wrap(bytes)));
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
    return config;
  }

  @Override
  public InFlightJournal inFlightJournal() {
    return inFlight;
  }

  @Override
  public AuditLog audit() {
    return config.audit();
  }

  @Override
  public ReplayStore replays() {
    return replays;
  }

  @Override
  public TallyStore tallies() {
    return tallies;
  }

  @Override
  public StoreInfo info() {
    long bytes = open.reading(() -> DiskUsage.of(disk));
    String layout = "format " + RecordWriter.FORMAT;
    return new StoreInfo("files in " + disk, layout, bytes, deliveries.alive());
  }

  @Override
  public boolean hasRoom() {
    return open.health().isUsable() && open.journal().reserve().hasRoom();
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
          finish();
        } finally {
          release();
        }
      }
    }
    executor.shutdown();
  }

  private void finish() {
    if (!open.health().hasFailed()) {
      open.journal().trim();
      try {
        Uninterrupted.run(() -> Checkpoint.write(open));
      } catch (IOException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "could not write a checkpoint in " + disk + "; the next start will be slower",
            e);
      }
    }
  }

  private void release() {
    open.segments().replacing().lock();
    try {
      open.health().close();
      config.close();
      open.segments().close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a file in " + disk + " was not closed", e);
    } finally {
      open.segments().replacing().unlock();
      disk.close();
    }
  }
}
