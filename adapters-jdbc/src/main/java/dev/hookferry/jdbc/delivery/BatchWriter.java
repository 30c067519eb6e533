package dev.hookferry.jdbc.delivery;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.NotOwnedException;
import dev.hookferry.jdbc.dialect.PostgresDialect;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Writes what a commit adds and changes, in the order of a batch. */
public interface BatchWriter {
  /** Returns the writer that suits a database best. */
  static BatchWriter of(Dialect dialect) {
    return dialect instanceof PostgresDialect ? new PostgresWriter() : new PlainWriter(dialect);
  }

  /**
   * Writes new events with their deliveries, then the batch's results and releases. The owner stays
   * alive until the transaction ends, if it is alive; if not, it owns none of the new deliveries.
   *
   * @param fresh what the batch publishes and is not known yet
   * @param careful if false, the writer may take for granted that the owner owns everything, and
   *     throw {@link NotOwnedException} if it does not; and it throws {@link
   *     OutdatedRoutesException} if there are new events and the configuration has a later version
   *     than {@link Batch#config}. The transaction is run again with care then
   * @return which deliveries of results and releases were left alone, because the owner does not
   *     own them
   */
  Set<DeliveryId> write(
      Handle handle, Owner owner, List<Entry> fresh, Batch batch, boolean careful);
}
