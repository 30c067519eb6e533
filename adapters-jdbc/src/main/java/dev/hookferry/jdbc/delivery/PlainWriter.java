package dev.hookferry.jdbc.delivery;

import static dev.hookferry.store.commit.PublishEntry.ANY_CONFIG;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.jdbc.config.JdbcConfig;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.NotOwnedException;
import dev.hookferry.jdbc.dialect.OutdatedRoutesException;
import dev.hookferry.jdbc.owner.NodeLiveness;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Writes a batch table by table, for databases without pipelining. */
public final class PlainWriter implements BatchWriter {
  private final Dialect dialect;
  private final PlainQueue queue;
  private final Inserts inserts;

  public PlainWriter(Dialect dialect) {
    this.dialect = dialect;
    queue = new PlainQueue(dialect);
    inserts = new Inserts(dialect);
  }

  @Override
  public Written write(
      Handle handle, Owner owner, Fresh added, Batch batch, boolean withAllChecks) {
    List<Entry> fresh = added.entries();
    boolean mayBeOutdated = !withAllChecks && !fresh.isEmpty() && batch.config() != ANY_CONFIG;
    if (mayBeOutdated && JdbcConfig.version(handle) > batch.config()) {
      throw new OutdatedRoutesException();
    }
    Owner living = NodeLiveness.keepAlive(handle, dialect, owner) ? owner : null;
    inserts.events(handle, fresh);
    inserts.queue(handle, fresh, living, added.queues());
    BatchOutcome outcomes = BatchOutcome.of(batch);
    if (withAllChecks) {
      return new Written(outcomes(handle, owner, outcomes), living != null);
    }
    if (!queue.change(handle, owner, outcomes)) {
      throw new NotOwnedException(owner);
    }
    inserts.finals(handle, outcomes.settled());
    inserts.attempts(handle, outcomes.results());
    return new Written(Set.of(), living != null);
  }

  private Set<DeliveryId> outcomes(Handle handle, Owner owner, BatchOutcome outcomes) {
    List<Delivery> settled = outcomes.settled();
    List<AttemptResult> results = outcomes.results();
    Set<DeliveryId> written = new HashSet<>(queue.remove(handle, owner, settled));
    written.addAll(queue.reschedule(handle, owner, outcomes.retried()));
    inserts.finals(handle, settled.stream().filter(d -> written.contains(d.id())).toList());
    inserts.attempts(
        handle, results.stream().filter(r -> written.contains(r.delivery().id())).toList());
    written.addAll(queue.handBack(handle, owner, outcomes.handBacks()));

    Set<DeliveryId> refused = outcomes.ids();
    refused.removeAll(written);
    return refused;
  }
}
