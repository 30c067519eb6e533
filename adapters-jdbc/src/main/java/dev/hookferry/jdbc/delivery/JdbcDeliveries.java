package dev.hookferry.jdbc.delivery;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.log.SqlRetention;
import dev.hookferry.jdbc.order.KeyQueueRepair;
import dev.hookferry.jdbc.order.KeyQueues;
import dev.hookferry.jdbc.owner.LastCommit;
import dev.hookferry.jdbc.owner.NodeLiveness;
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
import dev.hookferry.store.commit.HandBack;
import dev.hookferry.store.commit.PublishEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Deliveries in the database; every method is one transaction. Thread-safe. */
public final class JdbcDeliveries implements DeliveryStore {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.jdbc");

  private final Database database;
  private final LastCommit last;
  private final boolean isShared;
  private final NodeLiveness owners;
  private final SqlRetention retention;
  private final Runnable commitsLost;
  private final NewEvents publications;
  private final BatchWriter writer;
  private final CommandWriter commands;
  private final ClaimQuery claims;
  private final UncertainClaims uncertainClaims;
  private final BacklogCount backlog;
  private final OrphanedEndpointSearch orphans;
  private final KeyQueueRepair keyQueues;

  /**
   * Creates the deliveries of a store.
   *
   * @param commitsLost called when the database has lost commits
   */
  public JdbcDeliveries(
      Database database, NodeLiveness owners, SqlRetention retention, Runnable commitsLost) {
    this.commitsLost = commitsLost;
    this.database = database;
    last = new LastCommit(database, System::nanoTime);
    this.owners = owners;
    this.retention = retention;
    Dialect dialect = database.dialect();
    isShared = dialect.isShared();
    publications = new NewEvents(dialect);
    writer = BatchWriter.of(dialect);
    commands = new CommandWriter(dialect);
    claims = new ClaimQuery(dialect);
    uncertainClaims = new UncertainClaims(dialect);
    backlog = new BacklogCount(database, System::nanoTime);
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
    return isShared && last.isLost() ? startOver(owner, heartbeat) : heartbeat;
  }

  /**
   * Starts over, because this node's memory does not match the database any more. Like an evicted
   * owner, it drops everything, and deliveries whose results are gone can be sent again.
   */
  private Heartbeat startOver(Owner owner, Heartbeat heartbeat) {
    LOG.log(
        System.Logger.Level.ERROR,
        "database lost acknowledged commits: events may be missing, and may be sent again");
    commitsLost.run();
    owners.retire(owner);
    return new Heartbeat(false, heartbeat.storeTime(), heartbeat.recovered(), heartbeat.owners());
  }

  @Override
  public CommitResult commit(Owner owner, Batch batch) {
    if (batch.isEmpty()) {
      return new CommitResult(List.of(), Set.of(), List.of());
    }
    Set<DeliveryId> again = new HashSet<>();
    Batch once = BatchOutcome.once(batch, again);
    // If a claim of unknown outcome took a delivery again, fencing would accept stale results.
    CommitOutcome outcome =
        uncertainClaims.settle(
            owner,
            uncertain ->
                database.change(
                    (handle, withAllChecks) -> {
                      if (isShared) {
                        last.check(handle);
                      }
                      uncertainClaims.giveBack(handle, owner, uncertain);
                      return commit(handle, owner, once, withAllChecks);
                    }));
    CommitResult result = outcome.result();
    last.acknowledged(outcome.fresh(), once.results(), result.refused());
    again.addAll(result.refused());
    return new CommitResult(result.publications(), again, result.replies(), result.promoted());
  }

  /** The result of a commit, and the events that it added. */
  private record CommitOutcome(CommitResult result, List<PublishEntry.Entry> fresh) {}

  private CommitOutcome commit(Handle handle, Owner owner, Batch batch, boolean withAllChecks) {
    NewEvents.Classified classified =
        publications.classify(handle, batch.publications(), withAllChecks);
    KeyQueues queues = new KeyQueues(database.dialect());
    classified
        .fresh()
        .forEach(entry -> entry.deliveries().forEach(q -> queues.enter(q.delivery())));
    batch.results().forEach(result -> queues.result(result.delivery()));
    queues.lock(handle);
    BatchWriter.Fresh fresh = new BatchWriter.Fresh(classified.fresh(), queues);
    BatchWriter.Written written = writer.write(handle, owner, fresh, batch, withAllChecks);
    boolean promoted = queues.write(handle, written.refused());
    OwnedInOrder ordered = new OwnedInOrder(batch.publications(), classified.fresh(), queues);
    List<HandBack> handedBack = ordered.handBacks();
    if (!handedBack.isEmpty()) {
      var unused = DeliveryQueue.of(database.dialect()).handBack(handle, owner, handedBack);
    }
    List<CommitResult.Published> published =
        ordered.complete(classified.published(), written.isAlive());
    List<Command.Reply> replies = commands.apply(handle, batch.commands());
    CommitResult result = new CommitResult(published, written.refused(), replies, promoted);
    return new CommitOutcome(result, classified.fresh());
  }

  @Override
  public ClaimResult claim(Owner owner, ClaimRequest claim) {
    List<Delivery> tried = new ArrayList<>();
    try {
      return uncertainClaims.settle(
          owner,
          uncertain ->
              database.change(
                  (handle, withAllChecks) -> {
                    Owner living =
                        NodeLiveness.keepAlive(handle, database.dialect(), owner) ? owner : null;
                    uncertainClaims.giveBack(handle, owner, uncertain);
                    ClaimResult some = claims.claim(handle, living, claim, withAllChecks);
                    some.work().forEach(work -> tried.add(work.delivery()));
                    return some;
                  }));
    } catch (UnknownOutcomeException e) {
      uncertainClaims.add(owner, tried);
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
  public Backlog backlog(Predicate<EndpointId> isActive) {
    return backlog.count(isActive);
  }

  /** Does nothing: the store closes the database. */
  @Override
  public void close() {}
}
