package dev.hookferry.store;

import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Storage of deliveries with their events and attempts.
 *
 * <p><b>Durability.</b> Changes are durable (forced to disk) when a method returns. A method that
 * throws {@link StoreException} changed nothing, unless it is an {@link UnknownOutcomeException}.
 *
 * <p><b>Ownership.</b> A delivery is pending or final. A pending delivery is owned by at most one
 * {@link Owner}. An owner is alive from {@link #register} until {@link #retire}, or until it has
 * sent no heartbeat for the store's owner timeout and another owner's heartbeat detects this
 * ({@link FailureDetector}). In a store that only one process can open, only earlier runs leave
 * dead owners, and their deliveries are free when {@link #register} returns.
 *
 * <p><b>Suspicion.</b> When an owner is evicted, the store records {@link
 * dev.hookferry.delivery.CrashSuspicion#afterDeath} for each of its deliveries, or, if the store
 * tracks deliveries in flight, only for those. The record remains until a result or a command
 * changes the delivery, and a claim returns it.
 *
 * <p><b>Order.</b> Deliveries of one endpoint with the same {@link
 * dev.hookferry.delivery.Delivery#orderingKey} form a queue across nodes. A new delivery, or a
 * final one that is retried, is appended to the queue, behind everything added by commits that
 * returned earlier. Deliveries added by one commit are queued in the order of its batch. Unless it
 * is the first, the delivery is stored as {@code WAITING} and is not owned, even if its publication
 * requests that. The first delivery is pending or blocked; when it ends, the next becomes {@code
 * PENDING} within the same commit. A store does not keep the ordering key of a delivery that has
 * ended.
 *
 * <p><b>Time.</b> Instants and durations have millisecond precision; stores need not keep more.
 *
 * <p><b>Threads.</b> Implementations are thread-safe; all methods may block. Commits may run
 * concurrently, up to {@link Store#parallelCommits}; their effects are serializable.
 */
public interface DeliveryStore extends AutoCloseable {
  /** Registers a new owner, which is then alive. */
  Owner register(Node node);

  /**
   * Renews the owner's lease, evicts owners that have been silent for too long, and frees their
   * deliveries.
   */
  Heartbeat heartbeat(Owner owner);

  /**
   * Writes a batch atomically: its publications, results, hand-backs and commands, in this order.
   *
   * <p>An event whose id or idempotency key already exists in its site (in the store or earlier in
   * the batch) is a repeat. If its {@link dev.hookferry.event.Fingerprint} equals that of the
   * earlier event, it gets the first receipt, and its deliveries are not stored. If the
   * fingerprints differ, or the earlier event has none, the whole publication is refused as {@link
   * CommitResult.Conflicting}. An event stored by an earlier try of the same batch ({@link
   * UnknownOutcomeException}) is recognized by its id, acceptance time, fingerprint and delivery
   * ids, and is treated as stored by this try. Its deliveries that have an ordering key are then
   * handed back, because the owner does not know which of them it owns.
   *
   * <p>A publication that would store an event is refused as {@link CommitResult.Outdated} if the
   * configuration has a later version than {@link dev.hookferry.store.commit.PublishEntry#config}.
   * The version is read after the commit has begun, so no node routes an event by an outdated
   * configuration if the event was published after the change was acknowledged.
   *
   * <p>A result or hand-back is written only if the owner owns the delivery at that moment. It ends
   * the ownership, so if a batch has a second result or hand-back for the same delivery, the first
   * is written and the second is refused. A dead owner can still publish, because events must not
   * be lost, but it owns nothing, and the new deliveries are free immediately.
   *
   * <p>A batch with an entry that can never be written must always fail with {@link
   * RejectedBatchException}. Nothing in the batch is written then, but the same batch without that
   * entry can be. Any other exception means that the store failed, whatever the content of the
   * batch. The engine then keeps the whole batch and repeats it until the store recovers, so a
   * store that reports a bad entry in any other way blocks its node.
   *
   * @return the result of each entry
   * @throws RejectedBatchException if an entry can never be written
   */
  CommitResult commit(Owner owner, Batch batch);

  /**
   * Claims free deliveries: pending, due and unowned. Concurrent claims never return the same
   * delivery. Within an endpoint, earlier due times come first. A dead owner gets no deliveries.
   *
   * <p>An endpoint without room costs at most one index lookup, however many of its deliveries are
   * free.
   */
  ClaimResult claim(Owner owner, ClaimRequest claim);

  /**
   * Finds endpoints, other than the known ones, that have unowned pending deliveries, due or not.
   * The cost depends on the number of endpoints, and hardly on the number of deliveries.
   *
   * @return each endpoint once, in no particular order
   */
  List<OrphanedEndpoint> orphanedEndpoints(Set<EndpointId> known);

  /**
   * Repairs damage that is not caused by commits, but by someone who, for example, deletes rows by
   * hand or restores tables from different points in time. Every node calls this at startup and
   * every few minutes, so it must be cheap when nothing is damaged, and safe while other nodes use
   * the store. Does nothing by default.
   */
  default void repair() {}

  /** Hands back everything that the owner still owns, and deregisters the owner. Idempotent. */
  void retire(Owner owner);

  /**
   * Returns the number of pending deliveries and the earliest due time. The result may be a few
   * seconds old if counting is expensive. Deliveries to inactive endpoints are included in the
   * number, but not in the due time. In addition to the cost of counting, finding that time may
   * take one step per endpoint and one per owned delivery to an inactive endpoint, but should not
   * take one per pending delivery.
   *
   * @param isActive returns whether due deliveries to an endpoint are being sent; must not block,
   *     and may be called on any thread, even while the store holds a lock
   */
  Backlog backlog(Predicate<EndpointId> isActive);

  /** Closes the store; committed data is kept. */
  @Override
  void close();
}
