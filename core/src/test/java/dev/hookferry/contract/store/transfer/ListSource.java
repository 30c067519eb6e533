package dev.hookferry.contract.store.transfer;

import dev.hookferry.store.StoreException;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferOrigin;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records in memory, in batches of a chosen size; fails where a test wants it to. */
public final class ListSource implements TransferSource {
  private final TransferOrigin origin;
  private final List<TransferRecord> records;
  private final int batch;
  private final int failAt;

  private ListSource(TransferOrigin origin, List<TransferRecord> records, int batch, int failAt) {
    this.origin = origin;
    this.records = records;
    this.batch = batch;
    this.failAt = failAt;
  }

  /** Copies everything in a source. */
  public static ListSource of(TransferSource source, int batch) {
    return new ListSource(source.origin(), all(source), batch, Integer.MAX_VALUE);
  }

  /** Returns this source, failing before the record with this index. */
  public ListSource failingAt(int index) {
    return new ListSource(origin, records, batch, index);
  }

  /** Returns the number of records. */
  public int size() {
    return records.size();
  }

  /** Returns every record of a source. */
  public static List<TransferRecord> all(TransferSource source) {
    return rest(source, TransferHistory.ALL, null);
  }

  /** Returns the records of a source after a position. */
  public static List<TransferRecord> rest(
      TransferSource source, TransferHistory history, @Nullable String after) {
    List<TransferRecord> all = new ArrayList<>();
    try (TransferReader reader = source.read(history, after)) {
      Optional<TransferBatch> next = reader.next();
      while (next.isPresent()) {
        all.addAll(next.get().records());
        next = reader.next();
      }
    }
    return all;
  }

  @Override
  public TransferOrigin origin() {
    return origin;
  }

  @Override
  public TransferReader read(TransferHistory history, @Nullable String after) {
    return new TransferReader() {
      private int at = after == null ? 0 : Integer.parseInt(after);

      @Override
      public Optional<TransferBatch> next() {
        if (at >= records.size()) {
          return Optional.empty();
        }
        if (at + batch > failAt) {
          throw new StoreException("the source fails here");
        }
        List<TransferRecord> next = records.subList(at, Math.min(records.size(), at + batch));
        at += next.size();
        return Optional.of(new TransferBatch(next, Integer.toString(at)));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
