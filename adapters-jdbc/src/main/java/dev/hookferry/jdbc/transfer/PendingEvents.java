package dev.hookferry.jdbc.transfer;

import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The events accepted before a time that have a pending delivery, by time of acceptance. A page
 * never splits the events of one millisecond.
 */
final class PendingEvents implements StoredEventPages {
  private static final Comparator<EventRow> ORDER =
      Comparator.comparing((EventRow row) -> row.key().acceptedAt())
          .thenComparing(row -> row.key().site())
          .thenComparing(row -> row.key().seq());

  /** The earliest time that every database can compare. */
  private static final Instant BEGINNING = Instant.parse("1000-01-01T00:00:00Z");

  private final Handle handle;
  private final Dialect dialect;
  private final RowReader reading;
  private final Instant before;

  /** Creates the pages of events accepted before a time, exclusive. */
  PendingEvents(Handle handle, Dialect dialect, RowReader reading, Instant before) {
    this.handle = handle;
    this.dialect = dialect;
    this.reading = reading;
    this.before = before;
  }

  @Override
  public List<EventRow> page(@Nullable EventKey from, int limit) {
    Instant start = from == null ? BEGINNING : from.acceptedAt();
    if (from != null) {
      List<EventRow> rest =
          between(start, start).stream().filter(row -> isAfter(row, from)).toList();
      if (!rest.isEmpty()) {
        return rest;
      }
    }
    Instant first = start.plusMillis(1);
    return first.isBefore(before) ? between(first, end(first, limit)) : List.of();
  }

  private static boolean isAfter(EventRow row, EventKey from) {
    int compared = ORDER.compare(row, new EventRow(row.stored(), from));
    return compared > 0 || (compared == 0 && from.delivery() != null);
  }

  /** Returns the end of a page: the acceptance time for one of the next pending deliveries. */
  private Instant end(Instant first, int limit) {
    Optional<Instant> end =
        handle
            .createQuery(
                """
                SELECT created_at FROM hookferry_delivery_queue
                WHERE created_at >= :first AND created_at < :before
                ORDER BY created_at LIMIT 1 OFFSET :limit
                """)
            .bind("first", first)
            .bind("before", before)
            .bind("limit", limit)
            .map((row, context) -> reading.time(row, "created_at"))
            .findOne();
    return end.orElse(before.minusMillis(1));
  }

  private record Name(String site, String id, Instant acceptedAt) {}

  private List<EventRow> between(Instant first, Instant last) {
    List<Name> names =
        handle
            .createQuery(
                """
                SELECT DISTINCT site, event_id, created_at FROM hookferry_delivery_queue
                WHERE created_at >= :first AND created_at <= :last
                """)
            .bind("first", first)
            .bind("last", last)
            .map(
                (row, context) ->
                    new Name(
                        row.getString("site"),
                        row.getString("event_id"),
                        reading.time(row, "created_at")))
            .list();
    if (names.isEmpty()) {
      return List.of();
    }
    ColumnRows keys =
        ColumnRows.of(
            ColumnRows.text("site"), ColumnRows.text("id"), ColumnRows.time("accepted_at"));
    names.forEach(name -> keys.add(name.site(), name.id(), name.acceptedAt()));
    String sql =
        """
        SELECT %s, e.seq, e.deliveries FROM <keys> k JOIN hookferry_event e
          ON e.site = k.site AND e.id = k.id AND e.accepted_at = k.accepted_at
        """
            .formatted(RowReader.of("e", RowReader.EVENT));
    Query query = dialect.with(handle.createQuery(sql), "keys", keys);
    return query.map(RecentEvents.row(reading)).list().stream().sorted(ORDER).toList();
  }
}
