package dev.hookferry.jdbc.transfer;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.jdbc.dialect.BinaryRows;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.transfer.StoredEventPages.EventRow;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The queries of a transfer for PostgreSQL, through {@code COPY}. Values are literals in the SQL
 * text, since {@code COPY} has no parameters.
 */
final class CopyQueries implements EventQueries {
  private final Handle handle;

  CopyQueries(Handle handle) {
    this.handle = handle;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Queries the day of the last event first, because a query for all days would be planned for
   * the partitions of every day.
   */
  @Override
  public List<EventRow> events(String site, Instant from, long seq, int limit) {
    String after =
        "site = %s AND accepted_at >= %s AND (accepted_at > %s OR seq > %d)"
            .formatted(ColumnRows.literal(site), time(from), time(from), seq);
    Instant midnight = from.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    List<EventRow> today = events(after + " AND accepted_at < " + time(midnight), limit);
    return today.isEmpty() ? events(after, limit) : today;
  }

  private List<EventRow> events(String condition, int limit) {
    String sql =
        """
        SELECT %s, seq, deliveries FROM hookferry_event WHERE %s
        ORDER BY site, accepted_at, seq LIMIT %d
        """;
    return BinaryRows.read(
        handle, sql, List.of(RowReader.EVENT, condition, limit), BinaryRecords::event);
  }

  @Override
  public List<Delivery> finals(ColumnRows keys, Instant first, Instant last) {
    String condition =
        "d.created_at = k.accepted_at AND d.event_id = k.event_id AND d.site = k.site"
            + between("d.created_at", first, last);
    return BinaryRows.read(
        handle,
        lookup("hookferry_delivery d"),
        List.of(RowReader.of("d", RowReader.FINAL), keys.literal(), condition),
        BinaryRecords::delivery);
  }

  @Override
  public List<StoredAttempt> attempts(ColumnRows keys, Instant first, Instant last) {
    String condition = "a.delivery_id = k.id" + between("a.accepted_at", first, last);
    return BinaryRows.read(
        handle,
        lookup("hookferry_attempt a"),
        List.of(
            RowReader.of("a", RowReader.ATTEMPT) + ", a.accepted_at", keys.literal(), condition),
        BinaryRecords::attempt);
  }

  /**
   * Returns a query that looks up rows by each key, as a format for the columns, the keys and the
   * condition.
   *
   * <p>OFFSET keeps the planner from turning the lookups into a join. Without statistics, as after
   * a bulk load, it would read a whole range of rows and compare each of them with every key.
   *
   * @param table the table with an alias of one letter
   */
  private static String lookup(String table) {
    String alias = table.substring(table.length() - 1);
    return "SELECT %s FROM %s k CROSS JOIN LATERAL (SELECT * FROM "
        + table
        + " WHERE %s OFFSET 0) "
        + alias;
  }

  private static String between(String column, Instant first, Instant last) {
    return " AND %s >= %s AND %s <= %s".formatted(column, time(first), column, time(last));
  }

  private static String time(Instant time) {
    return ColumnRows.literal(time.toString()) + "::timestamptz";
  }
}
