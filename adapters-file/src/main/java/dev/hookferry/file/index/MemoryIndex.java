package dev.hookferry.file.index;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.file.record.JournalRecord;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.JournalRecord.EventRecord;
import dev.hookferry.file.record.RecordPosition;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;

/** The growing index of the active segment. Thread-safe. */
public final class MemoryIndex implements SegmentIndex, JournalRecord.Fold<RuntimeException> {
  private final Map<IndexedList, IndexTable> tables = new EnumMap<>(IndexedList.class);
  private final KeyTable keys = new KeyTable();
  private final PostingTable fields = new PostingTable();

  private static final class IndexTable {
    private final EntryTable rows = new EntryTable();
    private Span span = Span.EMPTY;
  }

  public MemoryIndex() {
    for (IndexedList listing : IndexedList.values()) {
      tables.put(listing, new IndexTable());
    }
  }

  /** Adds an event. */
  @Override
  public synchronized void event(EventRecord added, RecordPosition at) {
    Event event = added.event();
    add(IndexedList.EVENTS, IndexEntry.event(event, at));
    keys.add(IndexKeys.event(event.site(), event.id()), at.packed());
    Idempotence idempotence = event.idempotence();
    if (idempotence != null && idempotence.key() != null) {
      keys.add(IndexKeys.idempotency(event.site(), idempotence.key()), at.packed());
    }
    event
        .options()
        .searchFields()
        .forEach(
            (name, value) -> fields.add(IndexKeys.field(event.site(), name, value), at.packed()));
  }

  /** Adds a delivery change. */
  @Override
  public synchronized void change(ChangeRecord change, RecordPosition at) {
    if (change.attempt() != null) {
      add(IndexedList.ATTEMPTS, IndexEntry.attempt(change.attempt(), change.eventSequence(), at));
    }
    if (change.attempt() == null || change.delivery().state().isFinal()) {
      add(IndexedList.STATES, IndexEntry.state(change.delivery(), change.eventSequence(), at));
    }
    Delivery delivery = change.delivery();
    keys.add(IndexKeys.delivery(delivery.id()), at.packed());
    if (delivery.state() == DeliveryState.PENDING && delivery.attempts() == 0) {
      // The delivery may have been added after acceptance: see RecordLookup.added.
      keys.add(IndexKeys.event(delivery.site(), delivery.event()), at.packed());
    }
  }

  private void add(IndexedList listing, long[] row) {
    IndexTable table = table(listing);
    table.rows.add(row);
    if (!table.span.contains(row[IndexEntry.TIME])) {
      table.span = table.span.with(row[IndexEntry.TIME]);
    }
  }

  private IndexTable table(IndexedList listing) {
    return Objects.requireNonNull(tables.get(listing));
  }

  @Override
  public synchronized IndexEntries rows(IndexedList listing) {
    return table(listing).rows.rows();
  }

  @Override
  public synchronized Span span(IndexedList listing) {
    return table(listing).span;
  }

  @Override
  public boolean mayContain(long key) {
    return true;
  }

  @Override
  public synchronized void find(long key, LongConsumer sink) {
    keys.find(key, sink);
    fields.find(key, sink);
  }

  /** Returns all keys, see {@link KeyTable#sorted}. */
  public synchronized long[] sortedKeys() {
    return fields.mergedWith(keys.sorted());
  }
}
