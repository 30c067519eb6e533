package dev.hookferry.jdbc.order;

import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.PipelinedStatements;
import dev.hookferry.jdbc.dialect.PostgresDialect;
import dev.hookferry.jdbc.dialect.RowReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The statements on the tables of queues. */
final class KeyQueueTable {
  private static final String FIRSTS =
      """
      SELECT w.key_queue, w.key_position, w.site, w.delivery_id
      FROM <rows> r JOIN hookferry_key_waiting w ON w.key_queue = r.id AND w.key_position = (
        SELECT MIN(m.key_position) FROM hookferry_key_waiting m WHERE m.key_queue = r.id)
      """;

  private final Dialect dialect;
  private final RowReader reading;

  KeyQueueTable(Dialect dialect) {
    this.dialect = dialect;
    reading = new RowReader(dialect);
  }

  /** A delivery that waits for its turn. */
  record Waiting(UUID queue, long position, String site, UUID delivery) {}

  /**
   * Locks queues in the given order, creating those that are empty, and assigns positions.
   *
   * @param added how many positions to assign in each queue, in an order common to all transactions
   * @return the last position assigned in each queue
   */
  Map<UUID, Long> lock(Handle handle, Map<UUID, Integer> added) {
    ColumnRows rows = ColumnRows.of(ColumnRows.uuid("id"), ColumnRows.longInteger("added"));
    added.forEach((queue, count) -> rows.add(queue, (long) count));
    String sql = dialect.addToKeyQueues();
    if (!sql.contains("<rows>")) {
      dialect.each(handle, sql, rows);
      sql = "SELECT q.id, q.last_position FROM <rows> r JOIN hookferry_key_queue q ON q.id = r.id";
    }
    Map<UUID, Long> last = new HashMap<>();
    var unused =
        dialect
            .with(handle.createQuery(sql), "rows", rows)
            .map((row, context) -> last.put(reading.uuid(row, "id"), row.getLong("last_position")))
            .list();
    return last;
  }

  void insert(Handle handle, List<Waiting> waiting) {
    dialect.insert(handle, "hookferry_key_waiting", rows(waiting));
  }

  void delete(Handle handle, List<Waiting> waiting) {
    dialect.each(
        handle,
        "DELETE FROM hookferry_key_waiting"
            + " WHERE key_queue = :key_queue AND key_position = :key_position",
        rows(waiting));
  }

  private static ColumnRows rows(Collection<Waiting> waiting) {
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.uuid("key_queue"),
            ColumnRows.longInteger("key_position"),
            ColumnRows.text("site"),
            ColumnRows.uuid("delivery_id"));
    waiting.forEach(one -> rows.add(one.queue(), one.position(), one.site(), one.delivery()));
    return rows;
  }

  /**
   * Returns the first waiting delivery of each of these queues; queues without one are left out.
   */
  private Map<UUID, Waiting> heads(Handle handle, Collection<UUID> queues) {
    Map<UUID, Waiting> heads = new HashMap<>();
    var unused =
        dialect
            .with(handle.createQuery(FIRSTS), "rows", ids(queues))
            .map(
                (row, context) ->
                    heads.put(
                        reading.uuid(row, "key_queue"),
                        new Waiting(
                            reading.uuid(row, "key_queue"),
                            row.getLong("key_position"),
                            row.getString("site"),
                            reading.uuid(row, "delivery_id"))))
            .list();
    return heads;
  }

  /** Removes queues that {@link #lock} created but that no delivery entered. */
  void removeUnused(Handle handle, Collection<UUID> queues) {
    dialect.each(
        handle,
        "DELETE FROM hookferry_key_queue WHERE id = :id AND last_position = 0",
        ids(queues));
  }

  /** Removes waiting deliveries from these queues if the deliveries themselves do not exist. */
  void deleteLost(Handle handle, Collection<UUID> queues) {
    dialect.each(
        handle,
        """
        DELETE FROM hookferry_key_waiting WHERE key_queue = :id AND NOT EXISTS (
          SELECT 1 FROM hookferry_delivery_queue q
          WHERE q.site = hookferry_key_waiting.site AND q.id = hookferry_key_waiting.delivery_id)
        """,
        ids(queues));
  }

  /**
   * Promotes the first waiting delivery of each of these queues, and removes queues without one.
   * Returns whether there was any to promote.
   */
  boolean promoteFirsts(Handle handle, Collection<UUID> queues) {
    if (queues.isEmpty()) {
      return false;
    }
    Map<UUID, Waiting> heads = heads(handle, queues);
    Set<UUID> empty = new TreeSet<>(queues);
    empty.removeAll(heads.keySet());
    promote(handle, heads.values(), empty);
    return !heads.isEmpty();
  }

  private static ColumnRows ids(Collection<UUID> queues) {
    ColumnRows rows = ColumnRows.of(ColumnRows.uuid("id"));
    queues.forEach(rows::add);
    return rows;
  }

  private void promote(Handle handle, Collection<Waiting> heads, Collection<UUID> empty) {
    ColumnRows rows = rows(heads);
    if (dialect instanceof PostgresDialect) {
      var unused =
          new PipelinedStatements()
              .addFor(
                  rows,
                  """
                  UPDATE hookferry_delivery_queue q
                  SET due_at = q.own_due_at, own_due_at = NULL, parked = NULL FROM <rows>
                  WHERE q.site = r.site AND q.id = r.delivery_id
                  """)
              .addFor(
                  rows,
                  """
                  DELETE FROM hookferry_key_waiting w USING <rows>
                  WHERE w.key_queue = r.key_queue AND w.key_position = r.key_position
                  """)
              .addFor(
                  ids(empty), "DELETE FROM hookferry_key_queue q USING <rows> WHERE q.id = r.id")
              .run(handle);
      return;
    }
    dialect.each(
        handle,
        """
        UPDATE hookferry_delivery_queue SET due_at = own_due_at, own_due_at = NULL, parked = NULL
        WHERE site = :site AND id = :delivery_id
        """,
        rows);
    dialect.each(
        handle,
        "DELETE FROM hookferry_key_waiting"
            + " WHERE key_queue = :key_queue AND key_position = :key_position",
        rows);
    dialect.each(handle, "DELETE FROM hookferry_key_queue WHERE id = :id", ids(empty));
  }
}
