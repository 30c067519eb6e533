package dev.hookferry.file.maintenance;

import dev.hookferry.file.journal.IndexFile;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.pending.PendingRows;
import dev.hookferry.file.search.OpenStore;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What is done beside the commits: writing the indexes of closed segments, and checkpoints. All of
 * it can be made again from the journal, so a failure is told and tried again with the next
 * segment. One job at a time, under this object's monitor.
 */
public final class BackgroundJobs {
  private static final System.Logger LOG = System.getLogger(BackgroundJobs.class.getName());
  private static final int ROW_BYTES = PendingRows.LINKS * Long.BYTES;

  /** How many times as much as a checkpoint the journal grows before the next checkpoint. */
  private static final int GROWTH = 4;

  private final OpenStore parts;
  private final Executor executor;
  private int checkpointed;
  private boolean ended;

  /**
   * For an open store.
   *
   * @param executor does the work, one after the other or at once
   * @param checkpointed the number of the segment with which the last checkpoint begins
   */
  public BackgroundJobs(OpenStore parts, Executor executor, int checkpointed) {
    this.parts = parts;
    this.executor = executor;
    this.checkpointed = checkpointed;
  }

  /** A segment was closed. */
  public void rolled() {
    executor.execute(this::run);
  }

  private synchronized void run() {
    if (ended || parts.health().hasFailed()) {
      return;
    }
    try {
      storeIndexes();
      long grown =
          (long) (parts.segments().active().number() - checkpointed) * parts.sizes().segmentBytes();
      if (grown > (long) GROWTH * ROW_BYTES * parts.pending().backlog().pending()) {
        checkpoint();
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "an index or checkpoint in "
              + parts.disk()
              + " was not written; the next start is slower",
          e);
    }
  }

  /** Writes the indexes of closed segments that are in memory only. */
  synchronized void storeIndexes() throws IOException {
    List<Segment> all = parts.segments().all();
    for (Segment segment : all.subList(0, all.size() - 1)) {
      IndexFile.store(parts.disk(), segment);
    }
  }

  /** Writes a checkpoint. */
  synchronized void checkpoint() throws IOException {
    int segment = parts.segments().active().number();
    Checkpoint.write(parts);
    checkpointed = segment;
  }

  /** Nothing is done from now on, and nothing is under way. */
  public synchronized void end() {
    ended = true;
  }
}
