package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.HandBack;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The queue in PostgreSQL: each change is one statement that returns the rows it changed. */
public final class PostgresQueue implements DeliveryQueue {
  public static final String LOCK_DUE =
      """
      SELECT q.* FROM <rooms> r, LATERAL (
        SELECT %s FROM hookferry_delivery_queue
        WHERE endpoint_id = r.endpoint_id AND owner IS NULL AND due_at <= :due_by
        ORDER BY endpoint_id, due_at, id LIMIT r.size FOR UPDATE SKIP LOCKED) q
      LIMIT :limit
      """
          .formatted(RowReader.QUEUED);

  /**
   * Skips from one endpoint to the next in the index (loose index scan), since PostgreSQL's
   * DISTINCT reads every entry.
   */
  private static final String ENDPOINTS =
      """
      WITH RECURSIVE e AS (
        (SELECT endpoint_id FROM hookferry_delivery_queue
          WHERE owner IS NULL ORDER BY endpoint_id LIMIT 1)
        UNION ALL
        SELECT (
          SELECT q.endpoint_id FROM hookferry_delivery_queue q
          WHERE q.endpoint_id > e.endpoint_id AND q.owner IS NULL
          ORDER BY q.endpoint_id LIMIT 1)
        FROM e WHERE e.endpoint_id IS NOT NULL)
      SELECT endpoint_id FROM e WHERE endpoint_id IS NOT NULL
      """;

  /** Skips in the same way, and also returns when the first delivery of each endpoint is due. */
  private static final String FIRSTS =
      """
      WITH RECURSIVE e AS (
        (SELECT endpoint_id, due_at FROM hookferry_delivery_queue
          WHERE owner IS NULL ORDER BY endpoint_id, due_at, id LIMIT 1)
        UNION ALL
        SELECT n.endpoint_id, n.due_at FROM e, LATERAL (
          SELECT q.endpoint_id, q.due_at FROM hookferry_delivery_queue q
          WHERE q.endpoint_id > e.endpoint_id AND q.owner IS NULL
          ORDER BY q.endpoint_id, q.due_at, q.id LIMIT 1) n)
      SELECT endpoint_id, due_at FROM e
      """;

  private final Dialect dialect;

  public PostgresQueue(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public Set<DeliveryId> handBack(Handle handle, Owner owner, List<HandBack> handBacks) {
    String sql =
        """
        UPDATE hookferry_delivery_queue q SET owner = NULL FROM <keys> k
        WHERE q.site = k.site AND q.id = k.id AND q.owner = :owner
        RETURNING q.id
        """;
    ColumnRows keys = DeliveryQueue.handBackKeys(handBacks);
    if (keys.isEmpty()) {
      return Set.of();
    }
    return dialect
        .with(handle.createQuery(sql), "keys", keys)
        .bind("owner", owner.value())
        .map((row, context) -> new DeliveryId(row.getObject(1, UUID.class)))
        .set();
  }

  @Override
  public void assign(Handle handle, Owner owner, List<Delivery> free) {
    String sql =
        """
        UPDATE hookferry_delivery_queue q SET owner = :owner FROM <keys> k
        WHERE q.site = k.site AND q.id = k.id
        """;
    dialect
        .with(handle.createUpdate(sql), "keys", DeliveryQueue.keys(free))
        .bind("owner", owner.value())
        .execute();
  }

  @Override
  public List<RowReader.Queued> lockDue(Handle handle, List<Room> rooms, Instant dueBy, int limit) {
    return due(handle.createQuery(LOCK_DUE), rooms, dueBy, limit)
        .map(new RowReader(dialect).queued())
        .list();
  }

  public Query due(Query query, List<Room> rooms, Instant dueBy, int limit) {
    ColumnRows rows = ColumnRows.of(ColumnRows.uuid("endpoint_id"), ColumnRows.integer("size"));
    rooms.forEach(room -> rows.add(room.endpoint().value(), room.size()));
    return dialect.with(query, "rooms", rows).bind("due_by", dueBy).bind("limit", limit);
  }

  @Override
  public String endpoints() {
    return ENDPOINTS;
  }

  @Override
  public String firsts() {
    return FIRSTS;
  }
}
