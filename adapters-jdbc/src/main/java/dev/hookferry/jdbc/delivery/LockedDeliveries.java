package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.jdbc.order.KeyQueues;
import dev.hookferry.jdbc.order.QueuePlace;
import dev.hookferry.store.commit.AttemptResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries locked by a transaction, pending or final, to be changed in memory and then written.
 * Not thread-safe.
 */
final class LockedDeliveries {
  /** Maximum number of tries to lock a delivery, which may move between tables in the meantime. */
  private static final int LOOKS = 3;

  private static final String QUEUE_AGAIN =
      """
      INSERT INTO hookferry_delivery_queue
        (site, id, event_id, type, endpoint_id, attempts, created_at, due_at, payload_bytes,
          ordering_key, key_queue, key_position, parked, own_due_at)
      SELECT d.site, d.id, d.event_id, d.type, d.endpoint_id, :attempts, d.created_at, :due_at,
        OCTET_LENGTH(e.payload), :ordering_key, :key_queue, :key_position, :parked, :own_due_at
      FROM hookferry_delivery d
      JOIN hookferry_event e
        ON e.site = d.site AND e.id = d.event_id AND e.accepted_at = d.created_at
      WHERE d.site = :site AND d.id = :id AND d.created_at = :created_at
      """;

  private static final String UNSETTLE =
      "DELETE FROM hookferry_delivery WHERE site = :site AND id = :id";

  private static final String UNQUEUE =
      "DELETE FROM hookferry_delivery_queue WHERE site = :site AND id = :id";

  private static final String RESCHEDULE =
      """
      UPDATE hookferry_delivery_queue
      SET attempts = :attempts, due_at = :due_at, suspicion = :suspicion, parked = NULL,
        own_due_at = NULL
      WHERE site = :site AND id = :id
      """;

  private final Dialect dialect;
  private final RowReader reading;
  private final Map<DeliveryId, Row> before = new LinkedHashMap<>();
  private final Map<DeliveryId, Delivery> after = new LinkedHashMap<>();

  LockedDeliveries(Dialect dialect) {
    this.dialect = dialect;
    reading = new RowReader(dialect);
  }

  /** A delivery as found or as changed since. */
  record Row(Delivery delivery, boolean isOwned, long position) {}

  /** Locks the deliveries with these keys. */
  void lock(Handle handle, ColumnRows keys) {
    for (int look = 0; look < LOOKS && before.size() < keys.size(); look++) {
      lockPending(handle, keys);
      lockFinal(handle, keys);
    }
  }

  private void lockPending(Handle handle, ColumnRows keys) {
    String sql =
        """
        SELECT %s FROM <keys> k
        JOIN hookferry_delivery_queue q ON q.site = k.site AND q.id = k.id
        """
                .formatted(RowReader.of("q", RowReader.QUEUED))
            + dialect.lock("q");
    dialect
        .with(handle.createQuery(sql), "keys", keys)
        .map(reading.queued())
        .list()
        .forEach(this::takeQueued);
  }

  private void lockFinal(Handle handle, ColumnRows keys) {
    String sql =
        """
        SELECT %s FROM <keys> k
        JOIN hookferry_delivery d ON d.site = k.site AND d.id = k.id
        """
                .formatted(RowReader.of("d", RowReader.FINAL))
            + dialect.lock("d");
    dialect
        .with(handle.createQuery(sql), "keys", keys)
        .map(reading.delivery())
        .list()
        .forEach(delivery -> before.put(delivery.id(), new Row(delivery, false, 0)));
  }

  /** Adds a pending delivery that is locked already. */
  void takeQueued(RowReader.Queued queued) {
    Delivery delivery = queued.delivery();
    before.put(delivery.id(), new Row(delivery, queued.owner() != null, queued.position()));
  }

  /** Returns the delivery with all changes so far; null if the site has no such delivery. */
  @Nullable Row find(SiteId site, DeliveryId id) {
    Row row = before.get(id);
    if (row == null || !row.delivery().site().equals(site)) {
      return null;
    }
    Delivery changed = after.get(id);
    return changed == null ? row : new Row(changed, false, row.position());
  }

  /** Changes a free delivery in memory. */
  void put(Delivery delivery) {
    after.put(delivery.id(), delivery);
  }

  /**
   * Writes the changes. Deliveries that became final or pending move to the other table, and leave
   * or enter the queue of their ordering key.
   */
  void write(Handle handle) {
    List<Delivery> settled = changed(null, true);
    List<Delivery> queuedAgain = changed(true, false);
    KeyQueues queues = new KeyQueues(dialect);
    queuedAgain.forEach(queues::enter);
    changed(false, true).forEach(ended -> leave(queues, ended.id()));
    queues.lock(handle);
    dialect.each(handle, QUEUE_AGAIN, places(queuedAgain, queues));
    dialect.each(handle, UNSETTLE, DeliveryQueue.keys(changed(true, null)));
    dialect.each(handle, UNQUEUE, DeliveryQueue.keys(changed(false, true)));
    dialect.each(handle, RESCHEDULE, schedule(changed(false, false)));
    new Inserts(dialect).finals(handle, settled);
    boolean unused = queues.write(handle, Set.of());
  }

  private void leave(KeyQueues queues, DeliveryId id) {
    Row row = before.get(id);
    if (row != null) {
      queues.leave(row.delivery(), row.position());
    }
  }

  private static ColumnRows places(List<Delivery> queuedAgain, KeyQueues queues) {
    ColumnRows places =
        ColumnRows.of(
            ColumnRows.text("site"),
            ColumnRows.uuid("id"),
            ColumnRows.time("created_at"),
            ColumnRows.integer("attempts"),
            ColumnRows.time("due_at"),
            ColumnRows.text("ordering_key"),
            ColumnRows.uuid("key_queue"),
            ColumnRows.longInteger("key_position"),
            ColumnRows.text("parked"),
            ColumnRows.time("own_due_at"));
    for (Delivery d : queuedAgain) {
      QueuePlace place = queues.place(d);
      boolean waits = queues.waits(d);
      places.add(
          d.site().value(),
          d.id().value(),
          d.createdAt(),
          d.attempts(),
          waits ? QueuePlace.WAITING : d.dueAt(),
          d.orderingKey(),
          place == null ? null : place.queue(),
          place == null ? null : place.position(),
          waits ? DeliveryState.WAITING.code() : null,
          waits ? d.dueAt() : null);
    }
    return places;
  }

  private static ColumnRows schedule(List<Delivery> deliveries) {
    return DeliveryQueue.schedule(
        deliveries.stream().map(d -> new AttemptResult(d, null)).toList());
  }

  /**
   * Returns the changed deliveries, filtered by whether they were final and whether they are now;
   * null matches both.
   */
  private List<Delivery> changed(@Nullable Boolean wasFinal, @Nullable Boolean isFinal) {
    return after.values().stream()
        .filter(d -> isFinal == null || isFinal == d.state().isFinal())
        .filter(d -> wasFinal == null || wasFinal == wasFinal(d.id()))
        .toList();
  }

  private boolean wasFinal(DeliveryId id) {
    Row row = before.get(id);
    return row != null && row.delivery().state().isFinal();
  }
}
