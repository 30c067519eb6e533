package dev.hookferry.jdbc.transfer;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.transfer.StoredEventPages.EventRow;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Reads the deliveries and attempts of events. */
final class EventParts {
  /** The order of ids as strings; UUID itself compares signed numbers. */
  private static final Comparator<UUID> UNSIGNED =
      (one, other) -> {
        int high =
            Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
      };

  private final Handle handle;
  private final Dialect dialect;
  private final RowReader reading;
  private final EventQueries queries;
  private final boolean ownersAreDead;

  /**
   * Creates an instance.
   *
   * @param ownersAreDead whether owned deliveries have lost their owner, so that they become crash
   *     suspects as they would at the next start
   */
  EventParts(Handle handle, Dialect dialect, EventQueries queries, boolean ownersAreDead) {
    this.handle = handle;
    this.dialect = dialect;
    this.queries = queries;
    reading = new RowReader(dialect);
    this.ownersAreDead = ownersAreDead;
  }

  /** The name of an event, whose id is unique only within its site. */
  record EventName(SiteId site, EventId id) {}

  /** Returns the deliveries of events, those of each event ordered by id. */
  Map<EventName, List<StoredDelivery>> deliveries(List<EventRow> events) {
    ColumnRows keys =
        ColumnRows.of(
            ColumnRows.text("site"), ColumnRows.text("event_id"), ColumnRows.time("accepted_at"));
    Map<EventName, Integer> bytes = new HashMap<>();
    for (EventRow row : events) {
      Event event = row.stored().event();
      keys.add(event.site().value(), event.id().value(), event.acceptedAt());
      bytes.put(new EventName(event.site(), event.id()), event.payload().size());
    }
    Instant first = events.get(0).key().acceptedAt();
    Instant last = events.get(events.size() - 1).key().acceptedAt();
    Map<EventName, List<StoredDelivery>> found = new HashMap<>();
    Stream.concat(finals(keys, first, last, bytes).stream(), pending(keys, first, last).stream())
        .sorted(Comparator.comparing(one -> one.delivery().id().value(), UNSIGNED))
        .forEach(
            one -> found.computeIfAbsent(name(one.delivery()), id -> new ArrayList<>()).add(one));
    return found;
  }

  private static EventName name(Delivery delivery) {
    return new EventName(delivery.site(), delivery.event());
  }

  private List<StoredDelivery> finals(
      ColumnRows keys, Instant first, Instant last, Map<EventName, Integer> bytes) {
    return queries.finals(keys, first, last).stream()
        .map(
            delivery ->
                new StoredDelivery(
                    delivery, CrashSuspicion.NONE, bytes.getOrDefault(name(delivery), 0)))
        .toList();
  }

  private List<StoredDelivery> pending(ColumnRows keys, Instant first, Instant last) {
    String sql =
        """
        SELECT %s FROM <keys> k JOIN hookferry_delivery_queue d
          ON d.created_at = k.accepted_at AND d.event_id = k.event_id AND d.site = k.site
        WHERE d.created_at >= :first AND d.created_at <= :last
        """
            .formatted(RowReader.of("d", RowReader.QUEUED));
    return dialect
        .with(handle.createQuery(sql), "keys", keys)
        .bind("first", first)
        .bind("last", last)
        .map(reading.queued())
        .map(
            queued ->
                new StoredDelivery(
                    queued.delivery(),
                    queued.owner() != null && ownersAreDead
                        ? queued.suspicion().afterDeath()
                        : queued.suspicion(),
                    queued.payloadBytes(),
                    queued.position()))
        .list();
  }

  /**
   * Returns the attempts of deliveries, those of each delivery in the order in which they were
   * made.
   */
  Map<DeliveryId, List<StoredAttempt>> attempts(List<StoredDelivery> deliveries) {
    if (deliveries.isEmpty()) {
      return Map.of();
    }
    ColumnRows keys = ColumnRows.of(ColumnRows.uuid("id"));
    Instant first = deliveries.get(0).delivery().createdAt();
    Instant last = first;
    for (StoredDelivery one : deliveries) {
      Instant at = one.delivery().createdAt();
      keys.add(one.delivery().id().value());
      first = at.isBefore(first) ? at : first;
      last = at.isAfter(last) ? at : last;
    }
    Map<DeliveryId, List<StoredAttempt>> found = new HashMap<>();
    queries.attempts(keys, first, last).stream()
        .sorted(Comparator.comparing(one -> one.attempt().id().value(), UNSIGNED))
        .forEach(
            one ->
                found.computeIfAbsent(one.attempt().delivery(), id -> new ArrayList<>(1)).add(one));
    return found;
  }

  /** Returns the approximate size of an attempt in bytes. */
  int size(StoredAttempt stored) {
    Response response = stored.attempt().outcome().response();
    return 400
        + (response == null ? 0 : response.body().size() + response.headers().text().length());
  }
}
