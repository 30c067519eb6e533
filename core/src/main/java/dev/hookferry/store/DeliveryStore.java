package dev.hookferry.store;

import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.Backlog;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import java.util.List;
import java.util.Set;

/**
 * Where deliveries live.
 *
 * <p><b>Durability.</b> What a method changed is durable (forced to disk) when it returns. A method
 * that throws {@link StoreException} changed nothing, except {@link UnknownOutcomeException}.
 *
 * <p><b>Ownership.</b> A delivery is pending or final. A pending one is owned by at most one {@link
 * Owner}. An owner is alive from {@link #register} until {@link #retire}, or until the store hears
 * no heartbeat of it for as long as the store was set up to wait, and another's heartbeat notices
 * ({@link FailureDetector}). Stores that only one process can open know no dead owners but those of
 * earlier openings, whose deliveries are free when {@link #register} returns.
 *
 * <p><b>Suspicion.</b> Whenever an owner is given up, other than by {@link #retire}, a store notes
 * {@link dev.hookferry.delivery.CrashSuspicion#afterDeath} with each delivery that the owner had;
 * one that knows more exactly which of them were being sent notes it with those. It keeps what is
 * noted until a result or a command changes the delivery, and hands it out with a claim.
 *
 * <p><b>Time.</b> Instants and durations have millisecond precision; stores need keep no more.
 *
 * <p><b>Threads.</b> Implementations are thread-safe; all methods may block. Several commits may
 * run at once if the store says so where it is made; their effects are as if one came after
 * another.
 */
public interface DeliveryStore extends AutoCloseable {
  /** Makes a new incarnation known; from now on it is alive. */
  Owner register(Node node);

  /**
   * Shows that the owner is alive, gives up owners that have been silent too long, and sets free
   * what they owned.
   */
  Heartbeat heartbeat(Owner owner);

  /**
   * Writes a batch, atomically: its publications, results, releases and commands, in this order.
   *
   * <p>A publication's event whose id, or idempotency key, the site has already (in the store or
   * earlier in the batch) is a repeat: with an equal {@link dev.hookferry.event.Fingerprint} it is
   * answered with the first receipt and its deliveries are not stored; with another one, or if the
   * earlier event has none, the whole publication is refused as {@link CommitResult.Conflicting}.
   * An event that was stored by an earlier try of the same batch ({@link UnknownOutcomeException})
   * is recognized by its id, acceptance time, fingerprint and the ids of its deliveries, and counts
   * as stored by this one.
   *
   * <p>A publication that would store an event is refused as {@link CommitResult.Outdated} if the
   * configuration has a later version than {@link dev.hookferry.store.commit.PublishEntry#config}.
   * The version is read when the commit has begun, so an event whose publish began after a change
   * was answered is never routed by what was before that change, through whichever node it comes.
   *
   * <p>A result or release is written only if the owner owns the delivery at this moment. It ends
   * the ownership, so a second result or release of the same delivery in one batch is refused while
   * the first one stands. An owner that is not alive can still publish, since events must not be
   * lost, but owns nothing: its deliveries are free at once.
   *
   * <p>A batch with an entry that can never be written fails with {@link RejectedBatchException}
   * and with no other exception, each time. Nothing of it was written, and the same batch without
   * that entry can be. Every other exception says that the store failed whatever the batch holds:
   * the engine keeps the batch whole and repeats it until the store recovers, so a store that
   * reports a bad entry in any other way stops its node.
   *
   * @return what was done; see there
   * @throws RejectedBatchException if an entry can never be written, for what it is
   */
  CommitResult commit(Owner owner, Batch batch);

  /**
   * Takes free deliveries into ownership: pending, due, owned by nobody. Two claims at the same
   * time never give the same delivery. Within an endpoint the earliest due come first. An owner
   * that is not alive gets none.
   *
   * <p>An endpoint without room costs at most one look into an index, however many of its
   * deliveries are free.
   */
  ClaimResult claim(Owner owner, ClaimRequest claim);

  /**
   * Finds endpoints other than these that have pending deliveries which nobody owns, due or not.
   * What it costs grows with the number of endpoints, hardly with that of deliveries.
   *
   * @return each endpoint once, in no order
   */
  List<OrphanedEndpoint> orphanedEndpoints(Set<EndpointId> known);

  /** Sets free whatever the owner still owns; it is not alive from now on. Harmless to repeat. */
  void retire(Owner owner);

  /** How much waits; may be some seconds old where counting is dear. */
  Backlog backlog();

  /** Ends the store's use; what was committed stays. */
  @Override
  void close();
}
