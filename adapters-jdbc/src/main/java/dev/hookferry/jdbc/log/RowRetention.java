package dev.hookferry.jdbc.log;

import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Retention event by event, in small transactions. Thread-safe. */
public final class RowRetention implements SqlRetention {
  private static final int CHUNK = 200;

  private final Database database;
  private final Dialect dialect;
  private final RowReader reading;
  private final String suffix;

  /** Creates the retention for the tables with this name suffix. */
  public RowRetention(Database database, String suffix) {
    this.database = database;
    this.dialect = database.dialect();
    this.reading = new RowReader(dialect);
    this.suffix = suffix;
  }

  private record Old(String id, Instant acceptedAt, long seq, boolean hasLines) {}

  private record Purged(@Nullable Old last, int count) {}

  @Override
  public long purge(Instant acceptedBefore) {
    long count = 0;
    Optional<String> site = siteAfter("");
    while (site.isPresent()) {
      count += purge(site.get(), acceptedBefore);
      site = siteAfter(site.get());
    }
    return count;
  }

  private Optional<String> siteAfter(String site) {
    return database.query(
        handle ->
            handle
                .createQuery(
                    "SELECT min(site) FROM hookferry_event" + suffix + " WHERE site > :site")
                .bind("site", site)
                .mapTo(String.class)
                .findOne());
  }

  private long purge(String site, Instant before) {
    long count = 0;
    Old last = new Old("", Instant.EPOCH, 0, false);
    while (last != null) {
      Old after = last;
      Purged some = database.change((handle, withAllChecks) -> purge(handle, site, before, after));
      count += some.count();
      last = some.last();
    }
    return count;
  }

  private Purged purge(Handle handle, String site, Instant before, Old after) {
    List<Old> candidates = candidates(handle, site, before, after);
    if (candidates.isEmpty()) {
      return new Purged(null, 0);
    }
    // Once events and deliveries are locked, none can become pending, so the selection is final.
    ColumnRows keys =
        ColumnRows.of(
            ColumnRows.text("site"), ColumnRows.text("event_id"), ColumnRows.time("accepted_at"));
    candidates.forEach(old -> keys.add(site, old.id(), old.acceptedAt()));
    lockDeliveries(handle, keys);
    Set<String> pending = pending(handle, keys);
    List<Old> doomed = candidates.stream().filter(old -> !pending.contains(old.id())).toList();
    delete(handle, site, doomed);
    return new Purged(candidates.get(candidates.size() - 1), doomed.size());
  }

  private List<Old> candidates(Handle handle, String site, Instant before, Old after) {
    String sql =
        """
        SELECT e.id, e.accepted_at, e.seq, e.labels FROM hookferry_event%s e
        WHERE e.site = :site AND e.accepted_at < :before AND e.accepted_at >= :after
          AND (e.accepted_at > :after OR e.seq > :seq)
        ORDER BY e.site, e.accepted_at, e.seq LIMIT :chunk
        """
                .formatted(suffix)
            + dialect.lock("e");
    return handle
        .createQuery(sql)
        .bind("site", site)
        .bind("before", before)
        .bind("after", after.acceptedAt())
        .bind("seq", after.seq())
        .bind("chunk", CHUNK)
        .map(
            (row, context) ->
                new Old(
                    row.getString("id"),
                    reading.time(row, "accepted_at"),
                    row.getLong("seq"),
                    row.getString("labels") != null))
        .list();
  }

  private void lockDeliveries(Handle handle, ColumnRows keys) {
    String sql =
        """
        SELECT d.event_id FROM <keys> k
        JOIN hookferry_delivery%s d
          ON d.created_at = k.accepted_at AND d.event_id = k.event_id AND d.site = k.site
        """
                .formatted(suffix)
            + dialect.lock("d");
    dialect.with(handle.createQuery(sql), "keys", keys).mapTo(String.class).list();
  }

  private Set<String> pending(Handle handle, ColumnRows keys) {
    String sql =
        """
        SELECT q.event_id FROM <keys> k
        JOIN hookferry_delivery_queue q
          ON q.created_at = k.accepted_at AND q.event_id = k.event_id AND q.site = k.site
        """;
    Query query = dialect.with(handle.createQuery(sql), "keys", keys);
    return new HashSet<>(query.mapTo(String.class).list());
  }

  private void delete(Handle handle, String site, List<Old> doomed) {
    ColumnRows keys =
        ColumnRows.of(
            ColumnRows.text("site"), ColumnRows.text("id"), ColumnRows.time("accepted_at"));
    doomed.forEach(old -> keys.add(site, old.id(), old.acceptedAt()));
    deleteFields(handle, site, doomed);
    deleteAttempts(handle, keys);
    List.of(
            """
            DELETE FROM hookferry_delivery%1$s
            WHERE created_at = :accepted_at AND event_id = :id AND site = :site
            """,
            """
            DELETE FROM hookferry_event_id
            WHERE site = :site AND event_id = :id AND accepted_at = :accepted_at
            """,
            """
            DELETE FROM hookferry_event%1$s
            WHERE site = :site AND id = :id AND accepted_at = :accepted_at
            """)
        .forEach(sql -> dialect.each(handle, sql.formatted(suffix), keys));
  }

  /**
   * Deletes the attempts of the deliveries of events. With a subquery in the DELETE, MariaDB before
   * 11.1 would read the whole table for each event.
   */
  private void deleteAttempts(Handle handle, ColumnRows events) {
    if (events.isEmpty()) {
      return;
    }
    String sql =
        """
        SELECT d.id FROM <keys> k
        JOIN hookferry_delivery%s d
          ON d.created_at = k.accepted_at AND d.event_id = k.id AND d.site = k.site
        """
            .formatted(suffix);
    ColumnRows deliveries = ColumnRows.of(ColumnRows.uuid("delivery_id"));
    dialect
        .with(handle.createQuery(sql), "keys", events)
        .map((row, context) -> reading.uuid(row, "id"))
        .forEach(deliveries::add);
    dialect.each(
        handle,
        "DELETE FROM hookferry_attempt" + suffix + " WHERE delivery_id = :delivery_id",
        deliveries);
  }

  private void deleteFields(Handle handle, String site, List<Old> doomed) {
    ColumnRows keys =
        ColumnRows.of(
            ColumnRows.text("site"), ColumnRows.text("id"), ColumnRows.time("accepted_at"));
    doomed.stream()
        .filter(Old::hasLines)
        .forEach(old -> keys.add(site, old.id(), old.acceptedAt()));
    if (!keys.isEmpty() && dialect.hasFieldTable()) {
      dialect.each(
          handle,
          """
          DELETE FROM hookferry_event_field
          WHERE site = :site AND event_id = :id AND accepted_at = :accepted_at
          """,
          keys);
    }
  }
}
