package dev.hookferry.jdbc.delivery;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.jdbc.dialect.AttemptColumns;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.OutdatedRoutesException;
import dev.hookferry.jdbc.dialect.PipelinedStatements;
import dev.hookferry.jdbc.order.QueueRows;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Writes a batch to PostgreSQL in one round trip. */
public final class PostgresWriter implements BatchWriter {
  private static final String KEEP_ALIVE =
      "SELECT id FROM hookferry_owner WHERE id = ? FOR KEY SHARE";

  /** The id that {@link #OUTDATED} returns; no delivery has it. */
  private static final UUID IS_OUTDATED = new UUID(0, 0);

  /** Sent with the other statements: a separate check would cost another round trip. */
  private static final String OUTDATED =
      "SELECT CAST('" + IS_OUTDATED + "' AS uuid) FROM hookferry_config WHERE version > ?";

  private static final String NAMES =
      """
      INSERT INTO hookferry_event_id (site, event_id, idempotency_key, accepted_at)
      SELECT * FROM <rows>
      """;

  private static final String EVENTS =
      """
      INSERT INTO hookferry_event (site, id, type, occurred_at, accepted_at, deliveries,
        idempotency_key, fingerprint, payload, options, labels)
      SELECT * FROM <rows>
      """;

  private static final String QUEUE =
      """
      INSERT INTO hookferry_delivery_queue (site, id, event_id, type, endpoint_id, attempts,
        created_at, due_at, payload_bytes, owner)
      SELECT r.site, r.id, r.event_id, r.type, r.endpoint_id, r.attempts, r.created_at, r.due_at,
        r.payload_bytes, CASE WHEN r.owner IS NOT NULL THEN o.id END
      FROM <rows> LEFT JOIN hookferry_owner o ON o.id = ?
      """;

  private static final String QUEUE_IN_ORDER =
      QUEUE
          .replace(
              "payload_bytes, owner)",
              "payload_bytes, owner, ordering_key, key_queue,"
                  + " key_position, parked, own_due_at)")
          .replace(
              "o.id END",
              "o.id END, r.ordering_key, r.key_queue, r.key_position, r.parked," + " r.own_due_at");

  /** A delivery with a new result: its queue row and its new state. */
  private static final String DONE =
      """
      q.site, q.id, q.event_id, q.type, q.endpoint_id, q.created_at, r.state, r.attempts, r.due_at,
          r.settled_at, r.attempt_id, %s
      """
          .formatted(AttemptColumns.names("r."));

  private static final String LOG =
      """
      INSERT INTO hookferry_attempt (site, id, delivery_id, endpoint_id, event_id, type,
        accepted_at, %1$s)
      SELECT site, attempt_id, id, endpoint_id, event_id, type,
        created_at, %1$s
      FROM done WHERE attempt_id IS NOT NULL
      """
          .formatted(AttemptColumns.names(""));

  private static final String SETTLE =
      """
      WITH done AS (
        DELETE FROM hookferry_delivery_queue q USING <rows>
        WHERE q.site = r.site AND q.id = r.delivery_id AND q.owner = ?
        RETURNING %s
      ), settled AS (
        INSERT INTO hookferry_delivery
          (site, id, event_id, type, endpoint_id, state, attempts, created_at, due_at, settled_at)
        SELECT
          site, id, event_id, type, endpoint_id, state, attempts, created_at, due_at, settled_at
        FROM done
      ), logged AS (
      %s)
      SELECT id FROM done
      """
          .formatted(DONE, LOG);

  private static final String POSTPONE =
      """
      WITH done AS (
        UPDATE hookferry_delivery_queue q
        SET attempts = r.attempts, due_at = r.due_at, suspicion = r.suspicion, owner = NULL FROM <rows>
        WHERE q.site = r.site AND q.id = r.delivery_id AND q.owner = ?
        RETURNING %s
      ), logged AS (
      %s)
      SELECT id FROM done
      """
          .formatted(DONE, LOG);

  private static final String HAND_BACK =
      """
      UPDATE hookferry_delivery_queue q SET owner = NULL FROM <rows>
      WHERE q.site = r.site AND q.id = r.id AND q.owner = ?
      RETURNING q.id
      """;

  @Override
  public Written write(
      Handle handle, Owner owner, Fresh added, Batch batch, boolean withAllChecks) {
    List<Entry> fresh = added.entries();
    ColumnRows settled = BatchRows.results();
    ColumnRows postponed = BatchRows.results();
    Set<DeliveryId> refused = new HashSet<>();
    for (AttemptResult result : batch.results()) {
      BatchRows.add(result.delivery().state().isFinal() ? settled : postponed, result);
      refused.add(result.delivery().id());
    }
    batch.handBacks().forEach(handBack -> refused.add(handBack.delivery()));
    UUID mine = owner.value();
    PipelinedStatements exchange = new PipelinedStatements().add(KEEP_ALIVE, mine);
    if (!withAllChecks && !fresh.isEmpty()) {
      exchange.add(OUTDATED, batch.config());
    }
    Set<UUID> returned =
        exchange
            .addFor(BatchRows.names(fresh), NAMES)
            .addFor(BatchRows.events(fresh), EVENTS)
            .addFor(
                QueueRows.of(fresh, owner, added.queues()),
                added.queues().isEmpty() ? QUEUE : QUEUE_IN_ORDER,
                mine)
            .addFor(settled, SETTLE, mine)
            .addFor(postponed, POSTPONE, mine)
            .addFor(DeliveryQueue.handBackKeys(batch.handBacks()), HAND_BACK, mine)
            .run(handle);
    if (returned.contains(IS_OUTDATED)) {
      throw new OutdatedRoutesException();
    }
    returned.forEach(written -> refused.remove(new DeliveryId(written)));
    return new Written(refused, returned.contains(mine));
  }
}
