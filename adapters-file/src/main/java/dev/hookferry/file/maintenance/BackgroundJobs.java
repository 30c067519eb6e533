package dev.hookferry.file.maintenance;

import dev.hookferry.file.journal.IndexFile;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.pending.PendingRows;
import dev.hookferry.file.search.OpenStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Background jobs that run alongside the commits: writing the indexes of closed segments, and
 * checkpoints. Both can be rebuilt from the journal, so a failure is logged and retried with the
 * next segment. Jobs run one at a time, under this object's monitor. Thread-safe.
 */
public final class BackgroundJobs {
  private static final System.Logger LOG = System.getLogger(BackgroundJobs.class.getName());
  private static final int ROW_BYTES = PendingRows.LINKS * Long.BYTES;

  /** The journal grows by this multiple of a checkpoint's size before the next checkpoint. */
  private static final int GROWTH = 4;

  private final OpenStore open;
  private final Executor executor;
  private int checkpointed;
  private int snapshots;
  private boolean ended;

  /**
   * Creates the jobs of an open store.
   *
   * @param executor runs the jobs, in order or immediately
   * @param checkpointed number of the segment at which recovery from the last checkpoint begins
   */
  public BackgroundJobs(OpenStore open, Executor executor, int checkpointed) {
    this.open = open;
    this.executor = executor;
    this.checkpointed = checkpointed;
  }

  /** Returns an executor that runs jobs one after the other, on a daemon thread. */
  public static ExecutorService executor() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, "hookferry-file");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Schedules the jobs that are due after a segment was closed. Does not wait for them unless the
   * executor runs them immediately.
   */
  public void rolled() {
    executor.execute(this::run);
  }

  private synchronized void run() {
    if (ended || open.health().hasFailed()) {
      return;
    }
    try {
      storeIndexes();
      long grown =
          (long) (open.segments().active().number() - checkpointed) * open.sizes().segmentBytes();
      if (grown > (long) GROWTH * ROW_BYTES * open.pending().backlog(any -> true).pending()) {
        checkpoint();
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "index or checkpoint not written: the next start is slower directory=" + open.disk(),
          e);
    }
  }

  /** Writes the indexes of closed segments that are only in memory. */
  synchronized void storeIndexes() throws IOException {
    List<Segment> all = open.segments().all();
    for (Segment segment : all.subList(0, all.size() - 1)) {
      IndexFile.store(open.disk(), segment);
    }
  }

  /** Writes a checkpoint. */
  synchronized void checkpoint() throws IOException {
    int segment = open.segments().active().number();
    Checkpoint.write(open);
    checkpointed = segment;
  }

  /** Returns the number of the segment at which recovery from the last checkpoint begins. */
  synchronized int checkpointed() {
    return checkpointed;
  }

  /** Waits for a running purge, then keeps all files until {@link #allowRemoval}. */
  public synchronized void forbidRemoval() {
    snapshots++;
  }

  /** Reverts one {@link #forbidRemoval}. */
  public synchronized void allowRemoval() {
    snapshots--;
  }

  /** Returns whether files may be removed or replaced; the caller has this object's monitor. */
  synchronized boolean mayRemove() {
    return snapshots == 0;
  }

  /** Writes the indexes of all closed segments, then ends all jobs. */
  public synchronized void complete() {
    try {
      storeIndexes();
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "index not written: the next start is slower directory=" + open.disk(),
          e);
    }
    ended = true;
  }

  /** Ends all jobs: waits for the running one and starts no more. */
  public synchronized void end() {
    ended = true;
  }
}
