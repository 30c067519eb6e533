package dev.hookferry.store;

import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Stores deliveries, and the events and attempts that belong to them.
 *
 * <p><b>Durability.</b> Changes are durable (forced to disk) when a method returns. A method that
 * throws {@link StoreException} changed nothing, unless it is an {@link UnknownOutcomeException}.
 *
 * <p><b>Ownership.</b> A delivery is pending or final. A pending one is owned by at most one {@link
 * Owner}. An owner is alive from {@link #register} until {@link #retire}, or until it has sent no
 * heartbeat for the owner timeout of the store and the heartbeat of another owner detects that
 * ({@link FailureDetector}). A store that only one process can open has no dead owners but those of
 * earlier runs, whose deliveries are free when {@link #register} returns.
 *
 * <p><b>Suspicion.</b> When an owner is evicted, the store records {@link
 * dev.hookferry.delivery.CrashSuspicion#afterDeath} for each of its deliveries, or only for those
 * in flight if it knows them. The record stays until a result or a command changes the delivery,
 * and is returned by a claim.
 *
 * <p><b>Order.</b> Deliveries of one endpoint with the same {@link
 * dev.hookferry.delivery.Delivery#orderingKey} form a queue, across nodes. A new one, or one that
 * had ended, goes to its end: one that a commit adds after another commit has returned stands
 * behind what that one added, and those of one commit stand in the order of its batch. It is stored
 * as {@code WAITING} unless it is the first, and is not owned then, even if its publication says
 * so. The first is pending or blocked; when it ends, the next becomes {@code PENDING} within the
 * same commit. A store keeps no key of a delivery that has ended.
 *
 * <p><b>Time.</b> Instants and durations have millisecond precision; stores need not keep more.
 *
 * <p><b>Threads.</b> Implementations are thread-safe; all methods may block. Commits may run
 * concurrently, up to {@link Store#parallelCommits}; their effects are serializable.
 */
public interface DeliveryStore extends AutoCloseable {
  /** Registers a new owner, which is alive from now on. */
  Owner register(Node node);

  /**
   * Renews the lease of the owner, evicts owners that have been silent too long, and frees their
   * deliveries.
   */
  Heartbeat heartbeat(Owner owner);

  /**
   * Writes a batch atomically: its publications, results, hand-backs and commands, in this order.
   *
   * <p>An event whose id or idempotency key already exists in its site (in the store or earlier in
   * the batch) is a repeat: with an equal {@link dev.hookferry.event.Fingerprint} it gets the first
   * receipt and its deliveries are not stored; with a different one, or if the earlier event has
   * none, the whole publication is refused as {@link CommitResult.Conflicting}. An event that was
   * stored by an earlier try of the same batch ({@link UnknownOutcomeException}) is recognized by
   * its id, acceptance time, fingerprint and the ids of its deliveries, and counts as stored by
   * this one. Those of its deliveries that have an ordering key are handed back then, because the
   * owner does not know which of them it got.
   *
   * <p>A publication that would store an event is refused as {@link CommitResult.Outdated} if the
   * configuration has a later version than {@link dev.hookferry.store.commit.PublishEntry#config}.
   * The version is read after the commit has begun, so an event published after a change was
   * acknowledged is never routed by the configuration before that change, through any node.
   *
   * <p>A result or hand-back is written only if the owner owns the delivery at this moment. It ends
   * the ownership, so a second result or hand-back of the same delivery in one batch is refused
   * while the first one stands. A dead owner can still publish, because events must not be lost,
   * but owns nothing: its deliveries are free immediately.
   *
   * <p>A batch with an entry that can never be written fails with {@link RejectedBatchException}
   * and with no other exception, each time. Nothing of it was written, and the same batch without
   * that entry can be. Every other exception says that the store failed whatever the batch holds:
   * the engine keeps the batch whole and repeats it until the store recovers, so a store that
   * reports a bad entry in any other way stops its node.
   *
   * @return the result of each entry
   * @throws RejectedBatchException if an entry can never be written
   */
  CommitResult commit(Owner owner, Batch batch);

  /**
   * Claims free deliveries: pending, due and unowned. Concurrent claims never return the same
   * delivery. Within an endpoint, earlier due times come first. A dead owner gets none.
   *
   * <p>An endpoint without room costs at most one look into an index, however many of its
   * deliveries are free.
   */
  ClaimResult claim(Owner owner, ClaimRequest claim);

  /**
   * Finds endpoints, other than the known ones, with unowned pending deliveries, due or not. The
   * cost grows with the number of endpoints, hardly with that of deliveries.
   *
   * @return each endpoint once, in no order
   */
  List<OrphanedEndpoint> orphanedEndpoints(Set<EndpointId> known);

  /**
   * Repairs damage that no commit causes, but someone else can: a user who deletes rows by hand,
   * say, or restores tables from different moments. Every node calls it at its start and every few
   * minutes, so it must be cheap when nothing is damaged, and safe while other nodes use the store.
   * Does nothing by default.
   */
  default void repair() {}

  /** Hands back everything that the owner still owns, and ends the owner. Idempotent. */
  void retire(Owner owner);

  /**
   * Returns the number of pending deliveries; may be a few seconds old if counting is expensive.
   * Deliveries to endpoints that are not active count as pending, but not for the earliest due
   * time. Beyond the cost of counting, finding that time may take a step for each endpoint and for
   * each such delivery that has an owner, but should not take one for every pending delivery.
   *
   * @param isActive whether everything due for an endpoint is being sent; must not block, and may
   *     be called from any thread, also while the store holds a lock
   */
  Backlog backlog(Predicate<EndpointId> isActive);

  /** Closes the store; committed data stays. */
  @Override
  void close();
}
