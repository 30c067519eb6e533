package dev.hookferry.file.transfer;

import dev.hookferry.file.index.IndexEntries;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.index.IndexedList;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.JournalRecord.EventRecord;
import dev.hookferry.file.transfer.StoredLines.Line;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads events with their deliveries and attempts, some megabytes at a time. The indexes show which
 * lines belong together; the lines are then read in the order in which they are stored on disk. Not
 * thread-safe.
 */
final class EventScan {
  /** Bytes of lines to read at a time, unless a single event has more. */
  private static final int CHUNK = 4 << 20;

  private final StoreContent content;
  private final TransferHistory history;
  private final UnaryOperator<StoredDelivery> suspecting;
  private final StoredLines lines;
  private final Deque<ScannedEvent> found = new ArrayDeque<>();
  private @Nullable ChangeIndex index;
  private long[] rows = {};
  private StoredChange[] changes = {};
  private int segment;
  private int row;
  private boolean isLoaded;

  /**
   * Starts a scan.
   *
   * @param suspecting adds crash suspicions that are not in the journal yet to pending deliveries
   * @param from the position of the first event
   */
  EventScan(
      StoreContent content,
      TransferHistory history,
      UnaryOperator<StoredDelivery> suspecting,
      SourcePosition from) {
    this.content = content;
    this.history = history;
    this.suspecting = suspecting;
    this.lines = new StoredLines(content.segments());
    segment = from.segment();
    row = from.row();
  }

  /**
   * An event with all records that belong to it.
   *
   * @param segment index of its segment
   * @param row number of its row
   */
  record ScannedEvent(int segment, int row, List<TransferRecord> records) {}

  private record Wanted(int row, Line event, List<Line> changes) {}

  /** Returns the next event; null at the end. */
  @Nullable ScannedEvent next() throws IOException {
    while (found.isEmpty() && segment < content.segments().size()) {
      load();
      if (row == count()) {
        segment++;
        row = 0;
        isLoaded = false;
      } else {
        readChunk();
      }
    }
    return found.poll();
  }

  private int count() {
    return rows.length / IndexEntry.WIDTH;
  }

  private void load() throws IOException {
    if (isLoaded) {
      return;
    }
    if (index == null) {
      index = new ChangeIndex(content.segments(), content.last());
    }
    IndexEntries events = content.segments().get(segment).index().rows(IndexedList.EVENTS);
    rows = new long[events.count() * IndexEntry.WIDTH];
    events.load(0, events.count(), rows);
    changes = index.of(segment);
    isLoaded = true;
  }

  private void readChunk() throws IOException {
    List<Wanted> chunk = new ArrayList<>();
    List<Line> all = new ArrayList<>();
    for (long bytes = 0; row < count() && bytes < CHUNK; row++) {
      if (isIncluded(row)) {
        Wanted next = wanted(row);
        chunk.add(next);
        all.add(next.event());
        bytes += next.event().length();
        for (Line change : next.changes()) {
          all.add(change);
          bytes += change.length();
        }
      }
    }
    lines.read(all);
    for (Wanted one : chunk) {
      EventAssembly event = new EventAssembly((EventRecord) one.event().content());
      one.changes().forEach(change -> event.add((ChangeRecord) change.content()));
      found.add(
          new ScannedEvent(
              segment, one.row(), event.records(each -> suspecting.apply(content.inTurn(each)))));
    }
  }

  private boolean isIncluded(int number) {
    long sequence = get(number, IndexEntry.SEQUENCE);
    return sequence <= content.last()
        && (history.includes(Instant.ofEpochMilli(get(number, IndexEntry.TIME)))
            || content.pending().contains(sequence));
  }

  private long get(int number, int column) {
    return rows[number * IndexEntry.WIDTH + column];
  }

  private Wanted wanted(int number) {
    long event = get(number, IndexEntry.SEQUENCE);
    List<Line> own = new ArrayList<>();
    long before = event;
    for (int i = ChangeIndex.firstOf(changes, event);
        i < changes.length && changes[i].event() == event;
        i++) {
      if (changes[i].sequence() > before) {
        own.add(new Line(changes[i].segment(), changes[i].position()));
        before = changes[i].sequence();
      }
    }
    return new Wanted(number, new Line(segment, get(number, IndexEntry.POSITION)), own);
  }
}
