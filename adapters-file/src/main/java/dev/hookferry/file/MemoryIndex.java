package dev.hookferry.file;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.file.JournalRecord.ChangeRecord;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;

/** The growing index of the segment that is written to. Thread-safe. */
final class MemoryIndex implements SegmentIndex {
  private final Map<Listing, Table> tables = new EnumMap<>(Listing.class);
  private final KeyTable keys = new KeyTable();

  private static final class Table {
    private final RowTable rows = new RowTable();
    private Span span = Span.EMPTY;
  }

  MemoryIndex() {
    for (Listing listing : Listing.values()) {
      tables.put(listing, new Table());
    }
  }

  /** Adds an event. */
  synchronized void event(Event event, Place at) {
    add(Listing.EVENTS, Row.event(event, at));
    keys.add(Keys.event(event.site(), event.id()), at.packed());
    Idempotence idempotence = event.idempotence();
    if (idempotence != null && idempotence.key() != null) {
      keys.add(Keys.idempotency(event.site(), idempotence.key()), at.packed());
    }
  }

  /** Adds a change of a delivery. */
  synchronized void change(ChangeRecord change, Place at) {
    if (change.attempt() != null) {
      add(Listing.ATTEMPTS, Row.attempt(change.attempt(), change.eventSequence(), at));
    }
    if (change.attempt() == null || change.delivery().state().isFinal()) {
      add(Listing.STATES, Row.state(change.delivery(), change.eventSequence(), at));
    }
    Delivery delivery = change.delivery();
    keys.add(Keys.delivery(delivery.id()), at.packed());
    if (delivery.state() == DeliveryState.PENDING && delivery.attempts() == 0) {
      // It may be one that its event was not accepted with: see Lookup.added.
      keys.add(Keys.event(delivery.site(), delivery.event()), at.packed());
    }
  }

  private void add(Listing listing, long[] row) {
    Table table = table(listing);
    table.rows.add(row);
    if (!table.span.contains(row[Row.TIME])) {
      table.span = table.span.with(row[Row.TIME]);
    }
  }

  private Table table(Listing listing) {
    return Objects.requireNonNull(tables.get(listing));
  }

  @Override
  public synchronized Rows rows(Listing listing) {
    return table(listing).rows.rows();
  }

  @Override
  public synchronized Span span(Listing listing) {
    return table(listing).span;
  }

  @Override
  public boolean mayContain(long key) {
    return true;
  }

  @Override
  public synchronized void find(long key, LongConsumer sink) {
    keys.find(key, sink);
  }

  /** See {@link KeyTable#sorted}. */
  synchronized long[] sortedKeys() {
    return keys.sorted();
  }
}
