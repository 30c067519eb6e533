package dev.hookferry.engine;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
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
 * Deterministic state machine that moves deliveries, for one thread. Each method is a message: it
 * changes only memory and returns at once; {@link #decide} then starts what the changes call for.
 * It reads no clock and draws randomness only from what it was given, so a run can be repeated.
 */
public final class Engine {
  private static final int CLAIMED_AT_ONCE = 500;

  private final EngineState memory;
  private final Dispatcher delivering;
  private final Intake accepting;
  private final AdminCommands steering;
  private final EndpointMonitor caring;
  private final CommitReplies replies;
  private @Nullable ClaimRequest asked;
  private Instant seenAt = Instant.MIN;

  public Engine(EngineConfig parts, Effects effects) {
    memory = new EngineState(parts, effects);
    delivering = new Dispatcher(memory);
    accepting = new Intake(memory, delivering);
    steering = new AdminCommands(memory, delivering);
    caring = new EndpointMonitor(memory, delivering);
    replies = new CommitReplies(memory, accepting, delivering);
  }

  /** Accepts events that were made by one version of the configuration. */
  public void publish(AdmissionGate.Arrival arrival, Instant now) {
    observe(now);
    accepting.publish(arrival, now);
  }

  /** Sends a test event to one endpoint. */
  public void test(
      Event event, EndpointId endpoint, CompletableFuture<Attempt> answer, Instant now) {
    accepting.test(event, endpoint, answer, now);
  }

  /** Schedules one extra attempt of a delivery. */
  public void retry(
      SiteId site, DeliveryId id, CompletableFuture<Command.Kind> answer, Instant now) {
    steering.retry(site, id, answer, now);
  }

  /** Sends an event to further endpoints. */
  public void deliver(
      Event event,
      List<EndpointId> endpoints,
      CompletableFuture<Command.Kind> answer,
      Instant now) {
    steering.deliver(event, endpoints, answer, now);
  }

  /** Cancels a delivery. */
  public void cancel(
      SiteId site, DeliveryId id, CompletableFuture<Command.Kind> answer, Instant now) {
    steering.cancel(site, id, answer, now);
  }

  /** Cancels deliveries of an endpoint that was removed. */
  public void abandon(SiteId site, EndpointId endpoint, Instant now) {
    steering.abandon(site, endpoint, now);
  }

  /** Takes over a configuration that was changed here or by another node. */
  public void configured(Config config, Instant now) {
    observe(now);
    steering.configured(config, now);
  }

  /** Handles a commit that is durable. */
  public void committed(long number, CommitResult done, Instant now) {
    observe(now);
    memory.commitWorked();
    replies.committed(number, done, now);
  }

  /** Handles a commit that failed. */
  public void commitFailed(long number, RuntimeException cause, Instant now) {
    observe(now);
    if (!(cause instanceof RejectedBatchException)) {
      memory.storeFailed(EngineState.COMMIT_FAILED, cause, now);
    }
    replies.failed(number, cause, now);
  }

  /** Handles the outcome of an attempt. */
  public void ended(Sending sent, Outcome outcome, Instant now) {
    observe(now);
    if (delivering.ended(sent, outcome, now)) {
      caring.ended(sent, outcome, now);
    }
  }

  /** Takes over what a claim brought. */
  public void claimed(long incarnation, ClaimResult claimed, Instant now) {
    observe(now);
    memory.claimWorked();
    memory.claims.answered(claimed.work().size(), claimed.nextDue(), now);
    if (asked != null) {
      memory.releases.claimed(asked, claimed.work());
    }
    if (incarnation == memory.incarnation) {
      claimed.work().forEach(work -> delivering.admitClaimed(work, now));
      delivering.prove(now);
    }
  }

  /** Handles a claim that failed. */
  public void claimFailed(RuntimeException cause, Instant now) {
    observe(now);
    memory.claims.failed(now);
    memory.storeFailed(EngineState.CLAIM_FAILED, cause, now);
  }

  /** Claims soon, because the deliveries of a dead node are free. */
  public void recovered(Instant now) {
    memory.claims.dueAt(now);
  }

  /** Continues as a new owner after this node was declared dead; others own what it owned. */
  public void evicted(Instant now) {
    memory.incarnation++;
    memory.commits.dropOwned();
    delivering.quarantine().clear();
    memory.claimedEarly.clear();
    for (OwnedDelivery held : memory.lanes.clear()) {
      delivering.refused(held, now);
    }
    // The commit that they wait for may have held nothing but what was dropped.
    memory.runAfterCommit(now);
    memory.claims.dueAt(now);
  }

  /** Stops accepting work: queued deliveries return to the store, in-flight requests finish. */
  public void drain() {
    memory.draining = true;
    accepting.sendAway(EngineState.overloaded("the server is stopping"));
    memory.lanes.empty().forEach(delivering::release);
    delivering.quarantine().empty();
  }

  /** Returns whether a drain has finished; a stopped store takes nothing back. */
  public boolean isDrained() {
    return memory.draining
        && (memory.storeStopped || (memory.lanes.inFlight() == 0 && memory.commits.isIdle()));
  }

  /** Fails everything that still waits, because nothing will be committed any more. */
  public void end() {
    RuntimeException cause = EngineState.overloaded("the server has stopped");
    accepting.sendAway(cause);
    replies.abandon(cause);
  }

  /** Returns what this node has in memory. */
  public Load load() {
    return new Load(memory.lanes.owned(), memory.lanes.inFlight(), memory.waitingEvents());
  }

  /** Returns the health of endpoints that are not well; any thread may read it. */
  public Map<EndpointId, EndpointHealth> board() {
    return memory.board;
  }

  /** Returns the current failures of the store; any thread may read them. */
  public Map<String, OwnFault> storeFaults() {
    return memory.storeFaults;
  }

  /** Returns whether the last commit failed. */
  public boolean isFailing() {
    return memory.commits.isFailing();
  }

  /**
   * Starts what can be started; called after one or several messages. Suspects go first, since
   * nothing may be sent beside them; sending frees places before new events are admitted; both fill
   * the commit that starts next; and a claim asks only for the room that is left after all that.
   *
   * @return when to call again even if no message comes, or null for never
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

  /** Detects that the clock was set back before anything uses the new time. */
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
    ClaimRequest.Room room = ClaimScope.of(memory, now);
    memory.claims.asked(room != null, now);
    memory.claims.dueAt(memory.releases.nextAt());
    if (room != null) {
      int limit = Math.min(CLAIMED_AT_ONCE, memory.lanes.roomLeft());
      asked = new ClaimRequest(room, limit, memory.lanes.bytesLeft(), now);
      memory.effects.claim(memory.incarnation, asked);
    }
  }
}
