package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.log.SqlRetention;
import dev.hookferry.jdbc.order.KeyQueueRepair;
import dev.hookferry.jdbc.order.KeyQueues;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.Node;
import dev.hookferry.store.OrphanedEndpoint;
import dev.hookferry.store.Owner;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.Release;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Deliveries in the database; every method is one transaction. Thread-safe. */
public final class JdbcDeliveries implements DeliveryStore {
  private final Database database;
  private final NodeLiveness owners;
  private final SqlRetention retention;
  private final NewEvents publications;
  private final BatchWriter writer;
  private final CommandWriter commands;
  private final ClaimQuery claims;
  private final UncertainClaims doubts;
  private final BacklogCount backlog;
  private final OrphanedEndpointSearch orphans;
  private final KeyQueueRepair keyQueues;

  public JdbcDeliveries(Database database, NodeLiveness owners, SqlRetention retention) {
    this.database = database;
    this.owners = owners;
    this.retention = retention;
    Dialect dialect = database.dialect();
    publications = new NewEvents(dialect);
    writer = BatchWriter.of(dialect);
    commands = new CommandWriter(dialect);
    claims = new ClaimQuery(dialect);
    doubts = new UncertainClaims(dialect);
    backlog = new BacklogCount(database);
    orphans = new OrphanedEndpointSearch(database);
    keyQueues = new KeyQueueRepair(database);
  }

  @Override
  public Owner register(Node node) {
    return owners.register(node);
  }

  @Override
  public Heartbeat heartbeat(Owner owner) {
    Heartbeat heartbeat = owners.heartbeat(owner);
    retention.prepare(heartbeat.storeTime());
    return heartbeat;
  }

  @Override
  public CommitResult commit(Owner owner, Batch batch) {
    if (batch.isEmpty()) {
      return new CommitResult(List.of(), Set.of(), List.of());
    }
    Set<DeliveryId> again = new HashSet<>();
    Batch once = BatchOutcome.once(batch, again);
    // If a claim of unknown outcome took a delivery again, fencing would accept stale results.
    List<Delivery> doubtful = doubts.of(owner);
    CommitResult committed =
        database.change(
            (handle, careful) -> {
              doubts.giveBack(handle, owner, doubtful);
              return commit(handle, owner, once, careful);
            });
    doubts.clear(owner, doubtful);
    again.addAll(committed.refused());
    return new CommitResult(
        committed.publications(), again, committed.replies(), committed.promoted());
  }

  private CommitResult commit(Handle handle, Owner owner, Batch batch, boolean careful) {
    NewEvents.Judged judged = publications.classify(handle, batch.publications(), careful);
    KeyQueues queues = new KeyQueues(database.dialect());
    judged.fresh().forEach(entry -> entry.deliveries().forEach(q -> queues.enter(q.delivery())));
    batch.results().forEach(result -> queues.result(result.delivery()));
    queues.lock(handle);
    BatchWriter.Fresh fresh = new BatchWriter.Fresh(judged.fresh(), queues);
    BatchWriter.Written written = writer.write(handle, owner, fresh, batch, careful);
    boolean promoted = queues.write(handle, written.refused());
    OwnedInOrder ordered = new OwnedInOrder(batch.publications(), judged.fresh(), queues);
    List<Release> released = ordered.releases();
    if (!released.isEmpty()) {
      var unused = DeliveryQueue.of(database.dialect()).release(handle, owner, released);
    }
    List<CommitResult.Published> published =
        ordered.complete(judged.published(), written.isAlive());
    List<Command.Reply> replies = commands.apply(handle, batch.commands());
    return new CommitResult(published, written.refused(), replies, promoted);
  }

  @Override
  public ClaimResult claim(Owner owner, ClaimRequest claim) {
    List<Delivery> doubtful = doubts.of(owner);
    List<Delivery> tried = new ArrayList<>();
    try {
      ClaimResult claimed =
          database.change(
              (handle, careful) -> {
                Owner living =
                    NodeLiveness.keepAlive(handle, database.dialect(), owner) ? owner : null;
                doubts.giveBack(handle, owner, doubtful);
                ClaimResult some = claims.claim(handle, living, claim, careful);
                some.work().forEach(work -> tried.add(work.delivery()));
                return some;
              });
      doubts.clear(owner, doubtful);
      return claimed;
    } catch (UnknownOutcomeException e) {
      doubts.add(owner, tried);
      throw e;
    }
  }

  @Override
  public List<OrphanedEndpoint> orphanedEndpoints(Set<EndpointId> known) {
    return orphans.notIn(known);
  }

  @Override
  public void repair() {
    keyQueues.run();
  }

  @Override
  public void retire(Owner owner) {
    owners.retire(owner);
  }

  @Override
  public Backlog backlog() {
    return backlog.count();
  }

  /** Does nothing: the store closes the database. */
  @Override
  public void close() {}
}
