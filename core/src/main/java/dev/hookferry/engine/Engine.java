package dev.hookferry.engine;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.engine.commit.Commit;
import dev.hookferry.engine.dispatch.OwnedDelivery;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.effect.WakeTime;
import dev.hookferry.engine.intake.AdmissionGate;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Load;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.StoreFullException;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Moves deliveries. A state machine for one thread: each method is a message, changes only memory,
 * and returns at once; {@link #decide} then starts what the changes call for. It owns no thread,
 * reads no clock, and draws chance only from what it was given, so a run can be repeated exactly.
 *
 * <p>The life of an event, in the order of its messages: {@code publish}, {@code committed} (now it
 * is durable and in a lane), {@code ended} (an attempt was made), {@code committed} (the log has
 * it), and for what memory does not hold, {@code claimed}.
 */
public final class Engine {
  private static final int CLAIMED_AT_ONCE = 500;
  private static final String COMMIT_FAILED = "a commit failed";
  private static final String CLAIM_FAILED = "a claim failed";

  private final EngineState memory;
  private final Dispatcher delivering;
  private final Intake accepting;
  private final AdminCommands steering;
  private final EndpointMonitor caring;
  private final BatchBisector unfit;
  private @Nullable ClaimRequest asked;
  private Instant seenAt = Instant.MIN;

  public Engine(EngineConfig parts, Effects effects) {
    memory = new EngineState(parts, effects);
    delivering = new Dispatcher(memory);
    accepting = new Intake(memory, delivering);
    steering = new AdminCommands(memory, delivering);
    caring = new EndpointMonitor(memory, delivering);
    unfit = new BatchBisector(memory, accepting, delivering);
  }

  /** Events came in, made by a version of the configuration. */
  public void publish(AdmissionGate.Arrival arrival, Instant now) {
    observe(now);
    accepting.publish(arrival, now);
  }

  /** Somebody wants to see whether an endpoint answers. */
  public void test(
      Event event, EndpointId endpoint, CompletableFuture<Attempt> answer, Instant now) {
    accepting.test(event, endpoint, answer, now);
  }

  /** Somebody wants an extra attempt. */
  public void retry(
      SiteId site, DeliveryId id, CompletableFuture<Command.Kind> answer, Instant now) {
    steering.retry(site, id, answer, now);
  }

  /** Somebody wants an event to go to further endpoints. */
  public void deliver(
      Event event,
      List<EndpointId> endpoints,
      CompletableFuture<Command.Kind> answer,
      Instant now) {
    steering.deliver(event, endpoints, answer, now);
  }

  /** Somebody stops a delivery. */
  public void cancel(
      SiteId site, DeliveryId id, CompletableFuture<Command.Kind> answer, Instant now) {
    steering.cancel(site, id, answer, now);
  }

  /** The store may hold deliveries for an endpoint that is no more. */
  public void abandon(SiteId site, EndpointId endpoint, Instant now) {
    steering.abandon(site, endpoint, now);
  }

  /** The configuration was changed, here or by another node. */
  public void configured(Config config, Instant now) {
    observe(now);
    steering.configured(config, now);
  }

  /** A commit is durable. */
  public void committed(long number, CommitResult done, Instant now) {
    observe(now);
    memory.storeFaults.remove(COMMIT_FAILED);
    Commit commit = memory.commits.written(number);
    boolean owned = commit.incarnation == memory.incarnation && !commit.disowned;
    for (int i = 0; i < commit.publishings.size(); i++) {
      accepting.committed(commit.publishings.get(i), done.publications().get(i), owned);
    }
    for (Commit.Recording recording : commit.recordings) {
      if (done.refused().contains(recording.held().delivery().id())) {
        delivering.refusedResult(recording, now);
      } else {
        delivering.written(recording, now);
      }
    }
    for (Commit.Releasing releasing : commit.releasings) {
      delivering.forget(releasing.held(), now);
      memory.claims.dueAt(now);
    }
    for (int i = 0; i < commit.askings.size(); i++) {
      commit.askings.get(i).then().accept(done.replies().get(i));
    }
    memory.runAfterCommit(now);
  }

  /** A commit failed. */
  public void commitFailed(long number, RuntimeException cause, Instant now) {
    observe(now);
    if (cause instanceof RejectedBatchException) {
      unfit.found(number, cause, now);
      return;
    }
    memory.storeFailed(COMMIT_FAILED, cause, now);
    Commit failed = memory.commits.running(number);
    if (!failed.isApart()) {
      memory.commits.withdraw().forEach(publishing -> accepting.failed(publishing, cause));
      accepting.sendAway(Intake.unavailable(cause));
    }
    boolean full = cause instanceof StoreFullException;
    if (cause instanceof UnknownOutcomeException || (failed.doubtful && full)) {
      memory.commits.unknown(number, now);
      delivering.prove(now);
      return;
    }
    if (failed.doubtful || failed.isAlone()) {
      unfit.failed(number, cause, now);
      delivering.prove(now);
      return;
    }
    Commit commit =
        full ? memory.commits.hadNoRoom(number, now) : memory.commits.failed(number, now);
    commit.publishings.forEach(publishing -> accepting.failed(publishing, cause));
    if (commit.incarnation == memory.incarnation) {
      commit.recordings.forEach(recording -> memory.commits.open().add(recording));
      commit.releasings.forEach(releasing -> memory.commits.open().add(releasing));
    }
    commit.askings.forEach(asking -> asking.orElse().accept(cause));
  }

  /** An attempt ended. */
  public void ended(Sending sent, Outcome outcome, Instant now) {
    observe(now);
    if (delivering.ended(sent, outcome, now)) {
      caring.ended(sent, outcome, now);
    }
  }

  /** The store gave work. */
  public void claimed(long incarnation, ClaimResult claimed, Instant now) {
    observe(now);
    memory.storeFaults.remove(CLAIM_FAILED);
    memory.claims.answered(claimed.work().size(), claimed.nextDue(), now);
    if (asked != null) {
      memory.releases.claimed(asked, claimed.work());
    }
    if (incarnation == memory.incarnation) {
      claimed.work().forEach(work -> delivering.admitClaimed(work, now));
      delivering.prove(now);
    }
  }

  /** The store could not be asked for work. */
  public void claimFailed(RuntimeException cause, Instant now) {
    observe(now);
    memory.claims.failed(now);
    memory.storeFailed(CLAIM_FAILED, cause, now);
  }

  /** Deliveries of a dead node are free. */
  public void recovered(Instant now) {
    memory.claims.dueAt(now);
  }

  /** This node was given up for dead: others own what it owned. It goes on as a new owner. */
  public void evicted(Instant now) {
    memory.incarnation++;
    memory.commits.dropOwned();
    delivering.quarantine().clear();
    memory.claimedEarly.clear();
    for (OwnedDelivery held : memory.lanes.clear()) {
      delivering.refused(held, now);
    }
    // The commit that they wait for may have been of nothing but what was dropped.
    memory.runAfterCommit(now);
    memory.claims.dueAt(now);
  }

  /** Nothing new from now on: what waits goes back to the store, what is under way ends. */
  public void drain() {
    memory.draining = true;
    accepting.sendAway(EngineState.overloaded("the server is stopping"));
    memory.lanes.empty().forEach(delivering::release);
    delivering.quarantine().empty();
  }

  /** Whether a drain has come to its end: what a store that has stopped will not take cannot. */
  public boolean isDrained() {
    return memory.draining
        && (memory.storeStopped || (memory.lanes.inFlight() == 0 && memory.commits.isIdle()));
  }

  /** The end: nothing will be committed any more, so whoever still waits is told. */
  public void end() {
    RuntimeException cause = EngineState.overloaded("the server has stopped");
    accepting.sendAway(cause);
    for (Commit commit : memory.commits.abandon()) {
      commit.publishings.forEach(publishing -> accepting.failed(publishing, cause));
      commit.askings.forEach(asking -> asking.orElse().accept(cause));
    }
  }

  /** What this node has in memory. */
  public Load load() {
    return new Load(memory.lanes.owned(), memory.lanes.inFlight(), memory.waitingEvents());
  }

  /** How the endpoints fare that are not well. May be read by any thread. */
  public Map<EndpointId, EndpointHealth> board() {
    return memory.board;
  }

  /** What the store fails at. May be read by any thread. */
  public Map<String, OwnFault> storeFaults() {
    return memory.storeFaults;
  }

  /** Whether the last commit failed. */
  public boolean isFailing() {
    return memory.commits.isFailing();
  }

  /**
   * Starts what can be started. To be called after a message, or after some that came together.
   *
   * @return when to call again even if no message comes, or null if that changes nothing
   */
  public @Nullable Instant decide(Instant now) {
    observe(now);
    if (!memory.draining && !memory.commits.isStalled(now)) {
      delivering.quarantine().decide(now);
    }
    delivering.sendReady(now);
    accepting.letIn(now);
    memory.commits.decide(now, memory.incarnation, memory.claims.isAsking());
    if (memory.commits.isStalled(now)) {
      return memory.commits.stalledUntil();
    }
    claim(now);
    return memory.draining
        ? null
        : WakeTime.earlier(memory.wakeAt(), delivering.quarantine().wakeAt());
  }

  /** Notices that the clock was set back, before anything is counted by the new time. */
  private void observe(Instant now) {
    if (now.isBefore(seenAt)) {
      memory.setBack(seenAt, now);
      delivering.quarantine().setBack(Duration.between(now, seenAt));
    }
    seenAt = now;
  }

  private void claim(Instant now) {
    if (memory.draining || memory.commits.isInDoubt() || !memory.claims.isWanted(now)) {
      return;
    }
    Map<EndpointId, Integer> rooms =
        memory.releases.cut(memory.lanes.rooms(memory.routes.active()), now);
    memory.claims.asked(!rooms.isEmpty(), now);
    memory.claims.dueAt(memory.releases.nextAt());
    if (!rooms.isEmpty()) {
      int limit = Math.min(CLAIMED_AT_ONCE, memory.lanes.roomLeft());
      asked = new ClaimRequest(rooms, limit, memory.lanes.bytesLeft(), now);
      memory.effects.claim(memory.incarnation, asked);
    }
  }
}
