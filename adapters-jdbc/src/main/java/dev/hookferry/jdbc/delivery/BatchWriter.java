package dev.hookferry.jdbc.delivery;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.NotOwnedException;
import dev.hookferry.jdbc.dialect.PostgresDialect;
import dev.hookferry.jdbc.order.KeyQueues;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Writes the rows of one commit. */
public interface BatchWriter {
  /**
   * New events.
   *
   * @param entries the events of the batch that are not stored yet
   * @param queues the places of their deliveries in the queues of ordering keys
   */
  record Fresh(List<Entry> entries, KeyQueues queues) {}

  /**
   * The outcome of a batch.
   *
   * @param refused deliveries whose results or hand-backs were skipped because the owner does not
   *     own them
   * @param isAlive whether the owner is alive, and owns the new deliveries that it requested
   */
  record Written(Set<DeliveryId> refused, boolean isAlive) {}

  /** Returns the fastest writer for a database. */
  static BatchWriter of(Dialect dialect) {
    return dialect instanceof PostgresDialect ? new PostgresWriter() : new PlainWriter(dialect);
  }

  /**
   * Writes new events with their deliveries, then the batch's results and hand-backs. A live owner
   * cannot be evicted before the transaction ends; a dead one owns none of the new deliveries.
   *
   * @param fresh the new events of the batch
   * @param withAllChecks if false, the writer may assume that the owner owns everything, and throws
   *     {@link NotOwnedException} if it does not; it also throws {@link
   *     dev.hookferry.jdbc.dialect.OutdatedRoutesException} if there are new events and the
   *     configuration is newer than {@link Batch#config()}. The caller then repeats the transaction
   *     with {@code withAllChecks}
   */
  Written write(Handle handle, Owner owner, Fresh fresh, Batch batch, boolean withAllChecks);
}
