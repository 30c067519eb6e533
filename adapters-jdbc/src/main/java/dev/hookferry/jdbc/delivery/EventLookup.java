package dev.hookferry.jdbc.delivery;

import dev.hookferry.event.Event;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.delivery.KnownEvents.Known;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Finds stored events that share an id or idempotency key with new ones. Ids and keys chosen by
 * producers are in {@code hookferry_event_id}; generated ids are not, and are looked up in {@code
 * hookferry_event}.
 */
final class EventLookup {
  /** Finds events by an id or idempotency key chosen by a producer; {@code %1$s} is the column. */
  private static final String BY_NAME =
      """
      SELECT i.site, i.event_id, i.idempotency_key, i.accepted_at, e.fingerprint, e.deliveries
      FROM <names> n
      JOIN hookferry_event_id i ON i.site = n.site AND i.%1$s = n.%1$s
      JOIN hookferry_event e
        ON e.site = i.site AND e.id = i.event_id AND e.accepted_at = i.accepted_at
      """;

  private static final String BY_ID =
      """
      SELECT e.site, e.id AS event_id, e.idempotency_key, e.accepted_at, e.fingerprint, e.deliveries
      FROM <names> n
      JOIN hookferry_event e
        ON e.site = n.site AND e.id = n.id AND e.accepted_at BETWEEN n.earliest AND n.latest
      """;

  private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

  private final Dialect dialect;
  private final RowReader reading;
  private final Handle handle;
  private final KnownEvents known = new KnownEvents();
  private final Set<DeliveryId> stored = new HashSet<>();

  private EventLookup(Dialect dialect, Handle handle) {
    this.dialect = dialect;
    this.handle = handle;
    reading = new RowReader(dialect);
  }

  /**
   * Returns the stored events that share a name with these entries.
   *
   * @param withAllChecks whether to also look for events with the same id and exactly the same
   *     time, which the database would refuse as duplicates
   */
  static KnownEvents of(
      Handle handle, Dialect dialect, List<Entry> entries, boolean withAllChecks) {
    EventLookup lookup = new EventLookup(dialect, handle);
    lookup.read(entries.stream().map(Entry::event).toList(), withAllChecks);
    lookup.markTried(entries);
    return lookup.known;
  }

  private void read(List<Event> events, boolean withAllChecks) {
    ColumnRows ids = ColumnRows.of(ColumnRows.text("site"), ColumnRows.text("event_id"));
    ColumnRows keys = ColumnRows.of(ColumnRows.text("site"), ColumnRows.text("idempotency_key"));
    ColumnRows generated =
        ColumnRows.of(
            ColumnRows.text("site"),
            ColumnRows.text("id"),
            ColumnRows.time("earliest"),
            ColumnRows.time("latest"));
    for (Event event : events) {
      String site = event.site().value();
      String id = event.id().value();
      String key = KnownEvents.key(event);
      Optional<Instant> idCreatedAt = event.id().createdAt();
      Instant acceptedAt = event.acceptedAt().truncatedTo(ChronoUnit.MILLIS);
      if (event.idempotence() == null || idCreatedAt.filter(acceptedAt::equals).isPresent()) {
        if (withAllChecks) {
          generated.add(site, id, acceptedAt, acceptedAt);
        }
      } else if (idCreatedAt.isPresent()) {
        generated.add(site, id, Instant.EPOCH, EVER);
      }
      if (event.idempotence() != null) {
        ids.add(site, id);
      }
      if (key != null) {
        keys.add(site, key);
      }
    }
    read(BY_ID, generated);
    read(BY_NAME.formatted("event_id"), ids);
    read(BY_NAME.formatted("idempotency_key"), keys);
  }

  private void read(String sql, ColumnRows names) {
    if (names.isEmpty()) {
      return;
    }
    dialect
        .with(handle.createQuery(sql), "names", names)
        .map(
            (row, context) -> {
              String fingerprint = row.getString("fingerprint");
              Known found =
                  new Known(
                      new EventId(row.getString("event_id")),
                      reading.time(row, "accepted_at"),
                      fingerprint == null ? null : new Fingerprint(fingerprint),
                      row.getInt("deliveries"),
                      stored);
              known.add(new SiteId(row.getString("site")), found, row.getString("idempotency_key"));
              return found;
            })
        .list();
  }

  /** Finds out which deliveries of apparently stored entries already exist. */
  private void markTried(List<Entry> entries) {
    ColumnRows keys = ColumnRows.of(ColumnRows.text("site"), ColumnRows.uuid("id"));
    for (Entry entry : entries) {
      if (!known.withSameIdOrKey(entry.event()).isEmpty()) {
        entry
            .deliveries()
            .forEach(q -> keys.add(q.delivery().site().value(), q.delivery().id().value()));
      }
    }
    if (!keys.isEmpty()) {
      String sql =
          """
          SELECT q.id FROM <keys> k
          JOIN hookferry_delivery_queue q ON q.site = k.site AND q.id = k.id
          UNION ALL
          SELECT d.id FROM <keys> k JOIN hookferry_delivery d ON d.site = k.site AND d.id = k.id
          """;
      dialect
          .with(handle.createQuery(sql), "keys", keys)
          .map((row, context) -> stored.add(new DeliveryId(reading.uuid(row, "id"))))
          .list();
    }
  }
}
