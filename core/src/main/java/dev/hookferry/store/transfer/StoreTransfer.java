package dev.hookferry.store.transfer;

import dev.hookferry.refusal.ConflictException;
import dev.hookferry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies the records of a source into a target. Reads on one thread and writes on another, with a
 * few batches in between, so memory use does not depend on the number of records. Not thread-safe.
 */
public final class StoreTransfer {
  private static final int BATCHES_BETWEEN = 3;

  /**
   * Number of records from which merged batches are handed over. Batches are merged because sources
   * return small ones if events are small or a site has few.
   */
  private static final int MERGED_RECORDS = 5_000;

  private static final long MERGED_BYTES = 8 << 20;

  private final TransferSource source;
  private final TransferTarget target;
  private RecordChange change = RecordChange.NONE;
  private Consumer<RecordCounts> listener = counts -> {};

  /** Creates a transfer. The caller closes the source and the target. */
  public StoreTransfer(TransferSource source, TransferTarget target) {
    this.source = Objects.requireNonNull(source, "source");
    this.target = Objects.requireNonNull(target, "target");
  }

  /** Sets a transformation for every record in transit. */
  public StoreTransfer changing(RecordChange newChange) {
    change = Objects.requireNonNull(newChange, "newChange");
    return this;
  }

  /**
   * Sets a listener that receives the progress after every batch.
   *
   * @param newListener called on the thread that called {@link #start} or {@link #resume}
   */
  public StoreTransfer reporting(Consumer<RecordCounts> newListener) {
    listener = Objects.requireNonNull(newListener, "newListener");
    return this;
  }

  /**
   * Fills the empty target. Blocks until everything is durable.
   *
   * @return the number of records written
   * @throws ConflictException if the target is not empty; nothing was changed
   * @throws StoreException if one of the stores fails or is damaged; the transfer can be resumed
   */
  public RecordCounts start(TransferHistory history) {
    Objects.requireNonNull(history, "history");
    TransferMark mark = new TransferMark(source.origin(), history, null);
    target.begin(mark);
    return run(mark);
  }

  /**
   * Resumes the unfinished transfer into the target, with its original history.
   *
   * @return the number of records written by this call
   * @throws ConflictException if there is no unfinished transfer, or the source has changed since
   *     the transfer began; nothing was changed
   * @throws StoreException as for {@link #start}
   */
  public RecordCounts resume() {
    TransferMark mark =
        target
            .mark()
            .orElseThrow(() -> new ConflictException("there is no unfinished transfer to resume"));
    TransferOrigin origin = source.origin();
    if (!mark.origin().state().equals(origin.state())) {
      throw new ConflictException(
          "the transfer cannot be resumed, because "
              + origin.store()
              + " has changed since it began (the source was "
              + mark.origin().store()
              + "); begin again with an empty store");
    }
    return run(mark);
  }

  private RecordCounts run(TransferMark mark) {
    RecordCounts counts = RecordCounts.ZERO;
    try (Ahead ahead = new Ahead(mark)) {
      Optional<TransferBatch> batch = ahead.next();
      while (batch.isPresent()) {
        target.write(batch.get());
        counts = counts.plus(batch.get().records());
        listener.accept(counts);
        batch = ahead.next();
      }
    }
    target.finish();
    return counts;
  }

  /** Reads and transforms batches ahead on a separate thread. */
  private final class Ahead implements AutoCloseable {
    private final BlockingQueue<Read> ready = new ArrayBlockingQueue<>(BATCHES_BETWEEN);
    private final List<TransferRecord> merged = new ArrayList<>();
    private final Thread thread;
    private long mergedBytes;
    private String position = "";

    Ahead(TransferMark mark) {
      thread = new Thread(() -> read(mark), "hookferry-transfer");
      thread.setDaemon(true);
      thread.start();
    }

    private void read(TransferMark mark) {
      try {
        Throwable failure = null;
        try (TransferReader reader = source.read(mark.history(), mark.position())) {
          readAll(reader);
        } catch (RuntimeException | Error e) {
          failure = e;
        }
        handOver();
        ready.put(new Read(null, failure));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void readAll(TransferReader reader) throws InterruptedException {
      Optional<TransferBatch> batch = reader.next();
      while (batch.isPresent()) {
        for (TransferRecord stored : batch.get().records()) {
          change.of(stored).ifPresent(merged::add);
          mergedBytes += stored.fold(RecordSize.SIZE);
        }
        position = batch.get().position();
        if (merged.size() >= MERGED_RECORDS || mergedBytes >= MERGED_BYTES) {
          handOver();
        }
        batch = reader.next();
      }
    }

    private void handOver() throws InterruptedException {
      if (!merged.isEmpty()) {
        ready.put(new Read(new TransferBatch(merged, position), null));
        merged.clear();
        mergedBytes = 0;
      }
    }

    Optional<TransferBatch> next() {
      try {
        Read next = ready.take();
        Throwable failure = next.failure();
        if (failure instanceof Error error) {
          throw error;
        }
        if (failure != null) {
          throw (RuntimeException) failure;
        }
        return Optional.ofNullable(next.batch());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException("the transfer was interrupted; it can be resumed", e);
      }
    }

    /** Waits for the thread, so that the caller can close the source. */
    @Override
    public void close() {
      thread.interrupt();
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private record Read(@Nullable TransferBatch batch, @Nullable Throwable failure) {}
}
