package dev.hookferry.file.transfer;

import dev.hookferry.store.StoreException;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferReader;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pass over a store: first the data that belongs to no event, then the events. */
final class SourceReader implements TransferReader {
  private static final int RECORDS = 2_000;

  /** Bytes of payloads and responses after which a batch ends. */
  private static final long BYTES = 4 << 20;

  private final NonEventScan others;
  private final EventScan events;
  private EventScan.@Nullable ScannedEvent event;
  private SourcePosition position;

  /**
   * Begins a pass.
   *
   * @param from the position to begin at; {@code events} begins there too
   */
  SourceReader(NonEventScan others, EventScan events, SourcePosition from) {
    this.others = others;
    this.events = events;
    position = from;
    for (int i = 0; i < from.others(); i++) {
      TransferRecord unused = others.next();
    }
  }

  @Override
  public Optional<TransferBatch> next() {
    List<TransferRecord> batch = new ArrayList<>(RECORDS);
    long bytes = 0;
    try {
      while (batch.size() < RECORDS && bytes < BYTES) {
        TransferRecord next = record();
        if (next == null) {
          break;
        }
        batch.add(next);
        bytes += size(next);
      }
    } catch (IOException e) {
      throw new StoreException("reading the store failed: " + e.getMessage(), e);
    }
    return batch.isEmpty()
        ? Optional.empty()
        : Optional.of(new TransferBatch(batch, position.text()));
  }

  private @Nullable TransferRecord record() throws IOException {
    TransferRecord other = others.next();
    if (other != null) {
      position = new SourcePosition(position.others() + 1, 0, 0, 0);
      return other;
    }
    EventScan.ScannedEvent now = event;
    while (now == null || position.records() >= now.records().size()) {
      EventScan.ScannedEvent next = events.next();
      if (next == null) {
        return null;
      }
      // Part of the first event may have been read before the position was resumed.
      boolean isSame = now == null && isAt(next);
      int read = isSame ? position.records() : 0;
      position = new SourcePosition(position.others(), next.segment(), next.row(), read);
      now = next;
      event = next;
    }
    TransferRecord next = now.records().get(position.records());
    position =
        new SourcePosition(position.others(), now.segment(), now.row(), position.records() + 1);
    return next;
  }

  private boolean isAt(EventScan.ScannedEvent found) {
    return position.segment() == found.segment() && position.row() == found.row();
  }

  private static long size(TransferRecord next) {
    if (next instanceof StoredEvent stored) {
      return stored.event().payload().size();
    }
    return next instanceof StoredAttempt stored && stored.attempt().outcome().response() != null
        ? stored.attempt().outcome().response().body().size()
        : 0;
  }

  @Override
  public void close() {}
}
