package dev.hookferry.jdbc;

import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventId;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.jdbc.KnownEvents.Known;
import dev.hookferry.port.Committed.Published;
import dev.hookferry.port.Publication;
import dev.hookferry.port.Publication.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Tells what is new in the publications of a batch, and answers the rest with what is stored. */
final class Publications {
  private final Dialect dialect;
  private final Reading reading;

  Publications(Dialect dialect) {
    this.dialect = dialect;
    reading = new Reading(dialect);
  }

  /**
   * What a commit answers to its publications.
   *
   * @param published in their order
   * @param fresh what is not stored yet
   */
  record Judged(List<Published> published, List<Entry> fresh) {}

  /**
   * Finds what is new.
   *
   * @param careful whether to look up every event; else only those that may be repeats, since an id
   *     that was made here is known only if an earlier try of the batch has stored it
   */
  Judged judge(Handle handle, List<Publication> publications, boolean careful) {
    List<Entry> doubtful =
        publications.stream()
            .flatMap(publication -> publication.entries().stream())
            .filter(entry -> careful || entry.event().idempotence() != null)
            .toList();
    Intake intake = new Intake(doubtful.isEmpty() ? new KnownEvents() : lookUp(handle, doubtful));
    List<Published> published = publications.stream().map(intake::judge).toList();
    return new Judged(published, intake.fresh());
  }

  private KnownEvents lookUp(Handle handle, List<Entry> entries) {
    String sql =
        """
        SELECT i.site, i.event_id, i.idempotency_key, i.accepted_at, e.fingerprint, e.deliveries
        FROM <names> n
        JOIN hookferry_event_id i ON i.site = n.site AND i.%1$s = n.%1$s
        JOIN hookferry_event e
          ON e.site = i.site AND e.id = i.event_id AND e.accepted_at = i.accepted_at
        """;
    Rows ids = Rows.of(Rows.text("site"), Rows.text("event_id"));
    Rows keys = Rows.of(Rows.text("site"), Rows.text("idempotency_key"));
    for (Entry entry : entries) {
      Event event = entry.event();
      ids.add(event.site().value(), event.id().value());
      String key = KnownEvents.key(event);
      if (key != null) {
        keys.add(event.site().value(), key);
      }
    }
    Set<DeliveryId> stored = new HashSet<>();
    KnownEvents known = new KnownEvents();
    read(handle, sql.formatted("event_id"), ids, known, stored);
    if (!keys.isEmpty()) {
      read(handle, sql.formatted("idempotency_key"), keys, known, stored);
    }
    markTried(handle, entries, known, stored);
    return known;
  }

  private void read(
      Handle handle, String sql, Rows names, KnownEvents known, Set<DeliveryId> stored) {
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

  /** Finds out which deliveries of events that seem to be stored already are stored with them. */
  private void markTried(
      Handle handle, List<Entry> entries, KnownEvents known, Set<DeliveryId> stored) {
    Rows keys = Rows.of(Rows.text("site"), Rows.uuid("id"));
    for (Entry entry : entries) {
      if (!known.namesakes(entry.event()).isEmpty()) {
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
