package dev.hookferry.file.transfer;

import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.DiskFile;
import dev.hookferry.file.index.IndexedList;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.journal.SegmentSizes;
import dev.hookferry.file.maintenance.BackgroundJobs;
import dev.hookferry.file.maintenance.OpenFiles;
import dev.hookferry.file.search.OpenStore;
import dev.hookferry.file.transfer.Progress.FileEnd;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferMark;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredAuditEntry;
import dev.hookferry.store.transfer.TransferRecord.StoredConfig;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import dev.hookferry.store.transfer.TransferRecord.StoredReplay;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;
import dev.hookferry.store.transfer.TransferTarget;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Fills a file store. Several batches are written and forced together, followed by the mark. Data
 * that an interruption leaves after the mark is removed when the store is opened again. Not
 * thread-safe.
 */
public final class JournalTarget implements TransferTarget, TransferRecord.Fold<Boolean> {
  private static final System.Logger LOG = System.getLogger(JournalTarget.class.getName());

  /** Bytes of lines to write together; the buffer is reused up to 8 MiB. */
  private static final int WRITTEN_AT = 6 << 20;

  /** Records outside the journal to write together. */
  private static final int OTHERS_WRITTEN_AT = 10_000;

  private final OpenFiles files;
  private final OpenStore store;
  private final BackgroundJobs jobs;
  private final ExecutorService executor;
  private final EventLines events = new EventLines();
  private final NonEventRecords others = new NonEventRecords();
  private final int writtenAt;
  private @Nullable TransferMark mark;
  private boolean hasFailed;
  private boolean closed;

  private JournalTarget(OpenFiles files, @Nullable Progress progress, ExecutorService executor) {
    this.files = files;
    this.executor = executor;
    store = files.store();
    jobs = new BackgroundJobs(store, executor, files.checkpointed());
    writtenAt = Math.min(WRITTEN_AT, store.sizes().segmentBytes() / 4);
    if (progress != null) {
      mark = progress.mark();
      for (TransferRecord one : progress.open()) {
        Boolean unused = one.fold(this);
      }
    }
    events.begin(store.journal().end());
  }

  /**
   * Opens a store to be filled, and rolls it back to its last mark.
   *
   * @param disk a locked disk, which is closed with the target or if this fails
   * @param executor runs background jobs, in order; shut down with the target or if this fails
   */
  public static JournalTarget open(
      Disk disk, SegmentSizes sizes, InstantSource clock, ExecutorService executor) {
    boolean isOpen = false;
    try {
      Optional<Progress> progress = MarkFile.read(disk);
      if (progress.isPresent()) {
        Rollback.to(disk, progress.get());
      }
      OpenFiles files = OpenFiles.open(disk, sizes, clock);
      JournalTarget target = new JournalTarget(files, progress.orElse(null), executor);
      isOpen = true;
      return target;
    } catch (IOException e) {
      throw new StoreException("cannot open " + disk + ": " + e.getMessage(), e);
    } finally {
      if (!isOpen) {
        disk.close();
        executor.shutdown();
      }
    }
  }

  @Override
  public Optional<TransferMark> mark() {
    return Optional.ofNullable(mark);
  }

  @Override
  public void begin(TransferMark newMark) {
    if (mark != null) {
      throw new ConflictException(
          "the store in " + store.disk() + " is not empty: another transfer into it is unfinished");
    }
    if (!isEmpty()) {
      throw new ConflictException("the store in " + store.disk() + " is not empty");
    }
    mark = newMark;
    try {
      MarkFile.write(store.disk(), progress(newMark));
      long version = newMark.origin().configVersion();
      files.small().config().fill(Config.EMPTY.after(List.of(), version));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private boolean isEmpty() {
    boolean isEmpty =
        files.small().config().version() == 0
            && files.small().config().audit().end().sequence() == 0
            && files.small().replays().all().isEmpty();
    for (Segment segment : store.segments().all()) {
      for (IndexedList listing : IndexedList.values()) {
        isEmpty &= segment.index().rows(listing).count() == 0;
      }
    }
    return isEmpty;
  }

  @Override
  public void write(TransferBatch batch) {
    TransferMark before = mark;
    if (before == null) {
      throw new IllegalStateException("no transfer is in progress");
    }
    if (hasFailed) {
      throw new IllegalStateException("an earlier batch was not written");
    }
    hasFailed = true;
    for (TransferRecord stored : batch.records()) {
      Boolean unused = stored.fold(this);
    }
    hasFailed = false;
    mark = before.at(batch.position());
    if (events.lines().size() >= writtenAt || others.size() >= OTHERS_WRITTEN_AT) {
      force();
    }
  }

  /** Makes everything up to the mark durable. */
  private void force() {
    TransferMark reached = mark;
    if (reached == null) {
      return;
    }
    hasFailed = true;
    try {
      others.write(files.small());
      if (!events.lines().isEmpty()) {
        append();
      }
      MarkFile.write(store.disk(), progress(reached));
    } catch (IOException e) {
      throw failed(e);
    }
    hasFailed = false;
  }

  private void append() {
    synchronized (store.journal()) {
      int active = store.segments().active().number();
      events.lines().end(store.clock().instant());
      int base = store.journal().append(events.lines());
      events.apply(store.segments().active(), base, store.pending());
      events.begin(store.journal().end());
      if (store.segments().active().number() != active) {
        jobs.rolled();
      }
    }
  }

  private StoreException failed(IOException cause) {
    return new StoreException(
        "writing to " + store.disk() + " failed: " + cause.getMessage(), cause);
  }

  private Progress progress(TransferMark reached) throws IOException {
    Segment active = store.segments().active();
    List<FileEnd> ends = new ArrayList<>();
    ends.add(new FileEnd(Segment.journalName(active.number()), active.end().length()));
    Optional<String> audit =
        store.disk().list().stream()
            .filter(name -> FileEnd.kind(name).equals("audit"))
            .max(Comparator.naturalOrder());
    if (audit.isPresent()) {
      try (DiskFile file = store.disk().open(audit.get(), Disk.Access.READ)) {
        ends.add(new FileEnd(audit.get(), file.size()));
      }
    }
    return new Progress(reached, ends, events.open());
  }

  @Override
  public void finish() {
    if (mark == null) {
      throw new IllegalStateException("no transfer is in progress");
    }
    events.complete();
    force();
    jobs.complete();
    files.checkpoint();
    try {
      MarkFile.remove(store.disk());
    } catch (IOException e) {
      throw failed(e);
    }
    mark = null;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!hasFailed) {
        force();
      }
    } catch (StoreException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "last records not written: resuming writes them again directory=" + store.disk(),
          e);
    }
    jobs.end();
    if (mark != null) {
      files.checkpoint();
    }
    files.close();
    executor.shutdown();
  }

  @Override
  public Boolean config(StoredConfig stored) {
    others.add(stored.entry().change());
    return true;
  }

  @Override
  public Boolean replay(StoredReplay stored) {
    others.add(stored.replay());
    return true;
  }

  @Override
  public Boolean audit(StoredAuditEntry stored) {
    others.add(stored.entry());
    return true;
  }

  @Override
  public Boolean tally(StoredTally stored) {
    others.add(stored);
    return true;
  }

  @Override
  public Boolean event(StoredEvent stored) {
    events.add(stored);
    return true;
  }

  @Override
  public Boolean delivery(StoredDelivery stored) {
    events.add(stored);
    return true;
  }

  @Override
  public Boolean attempt(StoredAttempt stored) {
    events.add(stored);
    return true;
  }
}
