package dev.hookferry.file.search;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.index.IndexedList;
import dev.hookferry.file.pending.PendingDelivery;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.RecordReader;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A search for deliveries, by descending id. A delivery is either pending in memory, or its latest
 * state is in a journal record, so the search merges both sources. Not thread-safe.
 */
public final class DeliverySearch {
  /**
   * Pending deliveries to read beyond the page: one shows whether there is another page, the others
   * replace duplicates.
   */
  private static final int SPARE = 8;

  /**
   * Maximum number of matching events whose deliveries are looked up one by one; if there are more,
   * all deliveries are scanned.
   */
  private static final int FEW_EVENTS = 500;

  /** Factor by which to look at more pending deliveries if too few of them match. */
  private static final int WIDER = 8;

  private final OpenStore open;
  private final DeliveryQuery query;
  private final PageCursor before;
  private final PageBuilder<Delivery> found;

  public DeliverySearch(OpenStore open, DeliveryQuery query, PageCursor before) {
    this.open = open;
    this.query = query;
    this.before = before;
    this.found = new PageBuilder<>(IndexedList.STATES, query.page());
  }

  /** Returns a delivery in its current state; empty if it is unknown or has expired. */
  public static Optional<Delivery> current(OpenStore open, DeliveryId id) throws IOException {
    Optional<PendingDelivery> pending = open.pending().get(id);
    if (pending.isPresent()) {
      return Optional.of(toDelivery(open, pending.get()));
    }
    return open.lookup().settled(id).map(ChangeRecord::delivery);
  }

  private static Delivery toDelivery(OpenStore open, PendingDelivery pending) throws IOException {
    return pending.delivery(open.lookup().eventIdIfIntact(pending.event()));
  }

  public Page<Delivery> page() throws IOException {
    if (query.event() != null) {
      ofEvents(event().stream().toList());
    } else if (query.fields().isEmpty()) {
      ofAll(null);
    } else {
      FieldEvents events = FieldEvents.of(open, query, FEW_EVENTS);
      if (events.areFew()) {
        ofEvents(events.read());
      } else {
        ofAll(events);
      }
    }
    return found.page();
  }

  private Optional<RecordLookup.LocatedEvent> event() throws IOException {
    return open.lookup().event(query.site(), RecordReader.need(query.event(), "event"));
  }

  private void ofEvents(List<RecordLookup.LocatedEvent> events) throws IOException {
    List<DeliveryId> ids = new ArrayList<>();
    for (RecordLookup.LocatedEvent event : events) {
      if (query.matchesFields(event.record().event())) {
        Stream.concat(event.record().deliveries().stream(), open.lookup().added(event).stream())
            .filter(delivery -> query.endpoints().contains(delivery.endpoint()))
            .map(Delivery::id)
            .filter(id -> PageBuilder.isBefore(id.value(), before))
            .forEach(ids::add);
      }
    }
    List<DeliveryId> newestFirst =
        ids.stream()
            .distinct()
            .sorted(Comparator.comparing(DeliveryId::toString).reversed())
            .toList();
    for (DeliveryId id : newestFirst) {
      if (!found.isFull()) {
        add(current(open, id).orElse(null));
      }
    }
  }

  private void add(@Nullable Delivery delivery) {
    if (delivery != null && query.matches(delivery)) {
      found.add(delivery, PageBuilder.cursor(delivery.id().value()));
    }
  }

  private void ofAll(@Nullable FieldEvents events) throws IOException {
    Iterator<PendingDelivery> waiting = pending(events).iterator();
    FinalDeliveries settled = new FinalDeliveries(open, query, before, events);
    PendingDelivery nextWaiting = waiting.hasNext() ? waiting.next() : null;
    MergedEntries.Hit nextSettled = settled.next();
    while (!found.isFull() && (nextWaiting != null || nextSettled != null)) {
      UUID id = greater(nextWaiting, nextSettled);
      if (nextWaiting != null && nextWaiting.id().value().equals(id)) {
        add(toDelivery(open, nextWaiting), events, nextWaiting.event().sequence());
        nextWaiting = waiting.hasNext() ? waiting.next() : null;
      } else if (nextSettled != null) {
        add(ofRow(id, settled, nextSettled), events, nextSettled.get(IndexEntry.EVENT));
      }
      while (nextSettled != null && nextSettled.id().equals(id)) {
        nextSettled = settled.next();
      }
    }
  }

  /** Adds a delivery if its event, which has this sequence number, also matches. */
  private void add(@Nullable Delivery delivery, @Nullable FieldEvents events, long event)
      throws IOException {
    if (delivery != null && (events == null || events.contains(event))) {
      add(delivery);
    }
  }

  private List<PendingDelivery> pending(@Nullable FieldEvents events) throws IOException {
    int max = query.page().limit() + SPARE;
    if (query.states().stream().allMatch(DeliveryState::isFinal)) {
      return List.of();
    }
    LongPredicate wanted = events == null ? event -> true : events::mayContain;
    List<PendingDelivery> newest = newest(wanted, max);
    // Commits wait for a search among pending deliveries, so it reads no files itself.
    int n = max;
    while (events != null && !events.haveReadSegments(newest, max)) {
      events.readSegments(newest);
      n = (int) Math.min(Integer.MAX_VALUE, (long) n * WIDER);
      newest = newest(wanted, n);
    }
    return newest.subList(0, Math.min(max, newest.size()));
  }

  private List<PendingDelivery> newest(LongPredicate events, int max) {
    return new NewestPending(open.pending(), query, before, events, max).find();
  }

  private static UUID greater(
      @Nullable PendingDelivery waiting, MergedEntries.@Nullable Hit settled) {
    if (settled == null) {
      return RecordReader.need(waiting, "pending").id().value();
    }
    UUID id = settled.id();
    return waiting == null || PageBuilder.isBefore(waiting.id().value(), PageBuilder.cursor(id))
        ? id
        : waiting.id().value();
  }

  /**
   * Returns the delivery of its latest record, or null if it has become pending since or does not
   * match.
   */
  private @Nullable Delivery ofRow(UUID id, FinalDeliveries settled, MergedEntries.Hit row)
      throws IOException {
    Optional<PendingDelivery> pending = open.pending().get(new DeliveryId(id));
    if (pending.isPresent()) {
      return toDelivery(open, pending.get());
    }
    return settled.isLatest(row) && open.segments().hasEvent(row.get(IndexEntry.EVENT))
        ? row.segment().change(row.position()).delivery()
        : null;
  }
}
