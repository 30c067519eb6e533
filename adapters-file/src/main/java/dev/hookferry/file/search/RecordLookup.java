package dev.hookferry.file.search;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.file.index.IndexEntry;
import dev.hookferry.file.index.IndexKeys;
import dev.hookferry.file.index.IndexedList;
import dev.hookferry.file.journal.DamagedLineException;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.journal.Segments;
import dev.hookferry.file.line.LineFormat;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.JournalRecord.EventRecord;
import dev.hookferry.file.record.RecordPosition;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds records by the ids they contain. Callers hold the lock {@link Segments#reading} or the
 * journal's monitor, so that no file is removed during a lookup. Thread-safe.
 */
public final class RecordLookup {
  /** Placeholder for the id of an event whose line is damaged. */
  public static final EventId UNREADABLE = new EventId("unreadable");

  private final Segments segments;

  public RecordLookup(Segments segments) {
    this.segments = segments;
  }

  /** An event without its payload, and its position. */
  public record LocatedEvent(EventRecord record, RecordPosition place) {}

  /** Returns the event with this id. */
  public Optional<LocatedEvent> event(SiteId site, EventId id) throws IOException {
    return find(
        IndexKeys.event(site, id),
        segment -> true,
        event -> event.id().equals(id) && event.site().equals(site));
  }

  /**
   * Returns the event with this id if it was accepted at this time. Reads only the segments of that
   * time.
   */
  public Optional<LocatedEvent> eventOf(Instant accepted, SiteId site, EventId id)
      throws IOException {
    long time = accepted.toEpochMilli();
    return find(
        IndexKeys.event(site, id),
        segment -> segment.index().span(IndexedList.EVENTS).contains(time),
        event -> event.id().equals(id) && event.site().equals(site));
  }

  /** Returns the event with this idempotency key. */
  public Optional<LocatedEvent> event(SiteId site, String key) throws IOException {
    return find(
        IndexKeys.idempotency(site, key),
        segment -> true,
        event -> key.equals(keyOf(event)) && event.site().equals(site));
  }

  private static @Nullable String keyOf(Event event) {
    Idempotence idempotence = event.idempotence();
    return idempotence == null ? null : idempotence.key();
  }

  private Optional<LocatedEvent> find(long key, Predicate<Segment> where, Predicate<Event> fits)
      throws IOException {
    List<Segment> all = segments.all();
    for (int i = all.size() - 1; i >= 0; i--) {
      Segment segment = all.get(i);
      if (!where.test(segment)) {
        continue;
      }
      for (long position : positions(segment, key)) {
        if (segment.record(position) instanceof EventRecord found && fits.test(found.event())) {
          return Optional.of(new LocatedEvent(found, position(segment, position)));
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the event at a position, without its payload. */
  LocatedEvent found(Segment segment, long position) throws IOException {
    return new LocatedEvent((EventRecord) segment.record(position), position(segment, position));
  }

  private static List<Long> positions(Segment segment, long key) throws IOException {
    if (!segment.index().mayContain(key)) {
      return List.of();
    }
    List<Long> positions = new ArrayList<>(0);
    segment.index().find(key, positions::add);
    positions.sort(null);
    return positions;
  }

  /** Returns a position, reading the sequence number from the line. */
  private static RecordPosition position(Segment segment, long position) throws IOException {
    byte[] line = segment.line(position);
    return new RecordPosition(
        segment.number(),
        LineFormat.sequence(line, 0),
        IndexEntry.upper(position),
        IndexEntry.lower(position));
  }

  /** Returns the event at a position, with its payload. */
  public Event event(RecordPosition place) throws IOException {
    return segments.get(place.segment()).event(place.packed()).event();
  }

  /**
   * Returns the id of the event at a position, or {@link #UNREADABLE} if its line is damaged, so
   * that a delivery whose event is lost can still be shown and cancelled.
   */
  public EventId eventIdIfIntact(RecordPosition place) throws IOException {
    try {
      return ((EventRecord) segments.get(place.segment()).record(place.packed())).event().id();
    } catch (DamagedLineException e) {
      return UNREADABLE;
    }
  }

  /** Returns the deliveries added to an event after its acceptance, in their initial state. */
  public List<Delivery> added(LocatedEvent event) throws IOException {
    SiteId site = event.record().event().site();
    EventId id = event.record().event().id();
    Map<DeliveryId, Delivery> added = new LinkedHashMap<>();
    for (Segment segment : segments.all()) {
      for (long position : positions(segment, IndexKeys.event(site, id))) {
        if (segment.record(position) instanceof ChangeRecord change
            && change.eventSequence() == event.place().sequence()) {
          added.putIfAbsent(change.delivery().id(), change.delivery());
        }
      }
    }
    return List.copyOf(added.values());
  }

  /**
   * Returns the last change to a final state of a delivery that is not pending; empty if its event
   * has expired.
   */
  public Optional<ChangeRecord> settled(DeliveryId id) throws IOException {
    List<Segment> all = segments.all();
    for (int i = all.size() - 1; i >= 0; i--) {
      List<ChangeRecord> changes = changes(all.get(i), id);
      for (int j = changes.size() - 1; j >= 0; j--) {
        ChangeRecord change = changes.get(j);
        if (change.delivery().state().isFinal()) {
          return segments.hasEvent(change.eventSequence()) ? Optional.of(change) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Returns all changes of a delivery, oldest first; empty if its event has expired. */
  public List<ChangeRecord> changes(DeliveryId id) throws IOException {
    List<ChangeRecord> changes = new ArrayList<>();
    for (Segment segment : segments.all()) {
      for (ChangeRecord change : changes(segment, id)) {
        if (segments.hasEvent(change.eventSequence())) {
          changes.add(change);
        }
      }
    }
    return changes;
  }

  private static List<ChangeRecord> changes(Segment segment, DeliveryId id) throws IOException {
    List<ChangeRecord> changes = new ArrayList<>(0);
    for (long position : positions(segment, IndexKeys.delivery(id))) {
      if (segment.record(position) instanceof ChangeRecord change
          && change.delivery().id().equals(id)) {
        changes.add(change);
      }
    }
    return changes;
  }
}
