package dev.hookferry.jdbc.transfer;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.transfer.StoredEventPages.EventRow;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The queries of a transfer for every database. */
final class PlainQueries implements EventQueries {
  private final Handle handle;
  private final Dialect dialect;
  private final RowReader reading;

  PlainQueries(Handle handle, Dialect dialect) {
    this.handle = handle;
    this.dialect = dialect;
    reading = new RowReader(dialect);
  }

  @Override
  public List<EventRow> events(String site, Instant from, long seq, int limit) {
    String sql =
        """
        SELECT %s, seq, deliveries FROM hookferry_event
        WHERE site = :site AND accepted_at >= :from AND (accepted_at > :from OR seq > :seq)
        ORDER BY site, accepted_at, seq LIMIT :limit
        """
            .formatted(RowReader.EVENT);
    return handle
        .createQuery(sql)
        .bind("site", site)
        .bind("from", from)
        .bind("seq", seq)
        .bind("limit", limit)
        .map(RecentEvents.row(reading))
        .list();
  }

  @Override
  public List<Delivery> finals(ColumnRows keys, Instant first, Instant last) {
    String sql =
        """
        SELECT %s FROM <keys> k JOIN hookferry_delivery d
          ON d.created_at = k.accepted_at AND d.event_id = k.event_id AND d.site = k.site
        WHERE d.created_at >= :first AND d.created_at <= :last
        """
            .formatted(RowReader.of("d", RowReader.FINAL));
    return dialect
        .with(handle.createQuery(sql), "keys", keys)
        .bind("first", first)
        .bind("last", last)
        .map(reading.delivery())
        .list();
  }

  @Override
  public List<StoredAttempt> attempts(ColumnRows keys, Instant first, Instant last) {
    String sql =
        """
        SELECT %s, a.accepted_at FROM <keys> k JOIN hookferry_attempt a ON a.delivery_id = k.id
        WHERE a.accepted_at >= :first AND a.accepted_at <= :last
        """
            .formatted(RowReader.of("a", RowReader.ATTEMPT));
    return dialect
        .with(handle.createQuery(sql), "keys", keys)
        .bind("first", first)
        .bind("last", last)
        .map(attempt())
        .list();
  }

  private RowMapper<StoredAttempt> attempt() {
    RowMapper<Attempt> attempt = reading.attempt();
    return (row, context) ->
        new StoredAttempt(attempt.map(row, context), reading.time(row, "accepted_at"));
  }
}
