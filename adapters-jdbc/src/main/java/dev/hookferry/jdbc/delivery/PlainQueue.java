package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowBatch;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.HandBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The queue for databases where an UPDATE or DELETE cannot return the rows it changed. If a
 * statement did not change all of its rows, the rows that the owner owns are locked first and then
 * changed.
 */
public final class PlainQueue implements DeliveryQueue {
  public static final String LOCK_DUE =
      """
      SELECT %s FROM hookferry_delivery_queue
      WHERE endpoint_id = :endpoint AND owner IS NULL AND due_at <= :due_by
      ORDER BY endpoint_id, due_at, id LIMIT :size FOR UPDATE SKIP LOCKED
      """
          .formatted(RowReader.QUEUED);

  private static final String SCHEDULE =
      "SET attempts = :attempts, due_at = :due_at, suspicion = :suspicion, owner = NULL";

  private final Dialect dialect;

  public PlainQueue(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Removes, reschedules and hands back deliveries without reading them first.
   *
   * @return false if the owner may not have owned all of them; then the transaction must be rolled
   *     back
   */
  boolean change(Handle handle, Owner owner, BatchOutcome outcomes) {
    return owned(
            handle,
            owner,
            "DELETE FROM hookferry_delivery_queue",
            DeliveryQueue.keys(outcomes.settled()))
        && owned(
            handle,
            owner,
            "UPDATE hookferry_delivery_queue " + SCHEDULE,
            DeliveryQueue.schedule(outcomes.retried()))
        && owned(
            handle,
            owner,
            "UPDATE hookferry_delivery_queue SET owner = NULL",
            DeliveryQueue.handBackKeys(outcomes.handBacks()));
  }

  private boolean owned(Handle handle, Owner owner, String change, ColumnRows keys) {
    String sql = change + " WHERE site = :site AND id = :id AND owner = :owner";
    int[] changed =
        new RowBatch(sql, keys.with(ColumnRows.uuid("owner"), owner.value()))
            .changed(handle, dialect);
    return Arrays.stream(changed).allMatch(rows -> rows == 1);
  }

  /** Removes final deliveries of the owner from the queue; returns those removed (fencing). */
  Set<DeliveryId> remove(Handle handle, Owner owner, List<Delivery> settled) {
    Set<DeliveryId> owned = lockOwned(handle, owner, DeliveryQueue.keys(settled));
    dialect.each(
        handle,
        "DELETE FROM hookferry_delivery_queue WHERE site = :site AND id = :id",
        DeliveryQueue.keys(only(owned, settled)));
    return owned;
  }

  /**
   * Writes the next due time of deliveries of the owner and frees them; returns those changed
   * (fencing).
   */
  Set<DeliveryId> reschedule(Handle handle, Owner owner, List<AttemptResult> pending) {
    List<Delivery> deliveries = pending.stream().map(AttemptResult::delivery).toList();
    Set<DeliveryId> owned = lockOwned(handle, owner, DeliveryQueue.keys(deliveries));
    dialect.each(
        handle,
        "UPDATE hookferry_delivery_queue " + SCHEDULE + " WHERE site = :site AND id = :id",
        DeliveryQueue.schedule(
            pending.stream().filter(r -> owned.contains(r.delivery().id())).toList()));
    return owned;
  }

  @Override
  public Set<DeliveryId> handBack(Handle handle, Owner owner, List<HandBack> handBacks) {
    Set<DeliveryId> owned = lockOwned(handle, owner, DeliveryQueue.handBackKeys(handBacks));
    dialect.each(
        handle,
        "UPDATE hookferry_delivery_queue SET owner = NULL WHERE site = :site AND id = :id",
        DeliveryQueue.handBackKeys(
            handBacks.stream().filter(r -> owned.contains(r.delivery())).toList()));
    return owned;
  }

  private static List<Delivery> only(Set<DeliveryId> owned, List<Delivery> deliveries) {
    return deliveries.stream().filter(d -> owned.contains(d.id())).toList();
  }

  private Set<DeliveryId> lockOwned(Handle handle, Owner owner, ColumnRows keys) {
    if (keys.isEmpty()) {
      return Set.of();
    }
    String sql =
        """
        SELECT q.id FROM <keys> k
        JOIN hookferry_delivery_queue q ON q.site = k.site AND q.id = k.id
        WHERE q.owner = :owner
        """
            + dialect.lock("q");
    RowReader reading = new RowReader(dialect);
    return dialect
        .with(handle.createQuery(sql), "keys", keys)
        .bind("owner", owner.value())
        .map((row, context) -> new DeliveryId(reading.uuid(row, "id")))
        .set();
  }

  @Override
  public void assign(Handle handle, Owner owner, List<Delivery> free) {
    ColumnRows rows =
        ColumnRows.of(ColumnRows.uuid("owner"), ColumnRows.text("site"), ColumnRows.uuid("id"));
    free.forEach(d -> rows.add(owner.value(), d.site().value(), d.id().value()));
    dialect.each(
        handle,
        "UPDATE hookferry_delivery_queue SET owner = :owner WHERE site = :site AND id = :id",
        rows);
  }

  @Override
  public List<RowReader.Queued> lockDue(Handle handle, List<Room> rooms, Instant dueBy, int limit) {
    List<RowReader.Queued> locked = new ArrayList<>();
    for (Room room : rooms) {
      if (locked.size() < limit) {
        Room rest = new Room(room.endpoint(), Math.min(room.size(), limit - locked.size()));
        locked.addAll(
            due(handle.createQuery(LOCK_DUE), rest, dueBy)
                .map(new RowReader(dialect).queued())
                .list());
      }
    }
    return locked;
  }

  public static Query due(Query query, Room room, Instant dueBy) {
    return query
        .bind("endpoint", room.endpoint().value())
        .bind("due_by", dueBy)
        .bind("size", room.size());
  }

  @Override
  public String endpoints() {
    return "SELECT DISTINCT endpoint_id FROM hookferry_delivery_queue";
  }

  @Override
  public String firsts() {
    return ClaimQuery.FIRSTS.replace("<keys>", "(" + endpoints() + ")");
  }
}
