package dev.hookferry.jdbc;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.port.Batch;
import dev.hookferry.port.Owner;
import dev.hookferry.port.Publication.Entry;
import dev.hookferry.port.Release;
import dev.hookferry.port.Result;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Writes a batch table by table, where the database cannot be told more at once. */
final class PlainWriter implements BatchWriter {
  private final Dialect dialect;
  private final DeliveryQueue queue;
  private final Inserts inserts;

  PlainWriter(Dialect dialect) {
    this.dialect = dialect;
    queue = dialect.queue();
    inserts = new Inserts(dialect);
  }

  @Override
  public Set<DeliveryId> write(Handle handle, Owner owner, List<Entry> fresh, Batch batch) {
    Owner living = Owners.keepAlive(handle, dialect, owner) ? owner : null;
    inserts.events(handle, fresh);
    inserts.queue(handle, fresh, living);
    return results(handle, owner, batch.results(), batch.releases());
  }

  private Set<DeliveryId> results(
      Handle handle, Owner owner, List<Result> results, List<Release> releases) {
    List<Delivery> settled = results.stream().map(Result::delivery).filter(this::isFinal).toList();
    List<Result> waiting = results.stream().filter(r -> !isFinal(r.delivery())).toList();
    Set<DeliveryId> written = new HashSet<>(queue.remove(handle, owner, settled));
    written.addAll(queue.reschedule(handle, owner, waiting));
    inserts.finals(handle, settled.stream().filter(d -> written.contains(d.id())).toList());
    inserts.attempts(
        handle, results.stream().filter(r -> written.contains(r.delivery().id())).toList());
    written.addAll(queue.release(handle, owner, releases));

    Set<DeliveryId> refused = new HashSet<>();
    results.forEach(result -> refused.add(result.delivery().id()));
    releases.forEach(release -> refused.add(release.delivery()));
    refused.removeAll(written);
    return refused;
  }

  private boolean isFinal(Delivery delivery) {
    return delivery.state().isFinal();
  }
}
