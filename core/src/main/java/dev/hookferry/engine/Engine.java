package dev.hookferry.engine;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.engine.commit.StoreFaults;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.engine.intake.AdmissionGate;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendRate;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Load;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.Heartbeat;
import dev.hookferry.store.OrphanedEndpoint;
import dev.hookferry.store.Owner;
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
 * Deterministic state machine that drives deliveries; confined to one thread. Each message updates
 * memory and never blocks; {@link #decide} then starts the work that has become possible. Reads no
 * clock and draws randomness only from its configuration, so runs are reproducible.
 */
public final class Engine {
  private static final String COMMIT_FAILED = "commit failed";
  private static final String CLAIM_FAILED = "claim failed";

  private final EngineState state;
  private Instant seenAt = Instant.MIN;

  /** Creates an engine without sites or endpoints, until {@link #configured} is called. */
  public Engine(EngineConfig config, Effects effects) {
    state = new EngineState(config, effects);
  }

  /** Queues the events of one call, all built from the same version of the configuration. */
  public void publish(AdmissionGate.Arrival arrival, Instant now) {
    observe(now);
    state.intake.enqueue(arrival, now);
  }

  /** Sends a test event to one endpoint. */
  public void test(
      Event event, EndpointId endpoint, CompletableFuture<Attempt> reply, Instant now) {
    state.intake.test(event, endpoint, reply, now);
  }

  /** Schedules one extra attempt of a delivery. */
  public void retry(Command.Retry retry, CompletableFuture<Command.Kind> reply, Instant now) {
    state.commands.retry(retry, reply, now);
  }

  /** Skips a blocked delivery; calls {@code mayBeDone} if an earlier try may have skipped it. */
  public void skip(Command.Skip skip, Runnable mayBeDone, CompletableFuture<Command.Kind> reply) {
    state.commands.skip(skip, mayBeDone, reply);
  }

  /** Sends an event to additional endpoints. */
  public void deliver(
      Event event, List<EndpointId> endpoints, CompletableFuture<Command.Kind> reply, Instant now) {
    state.commands.deliver(event, endpoints, reply, now);
  }

  /** Cancels a delivery; calls {@code inStore} before the reply if the store did, or may have. */
  public void cancel(
      SiteId site,
      DeliveryId id,
      Runnable inStore,
      CompletableFuture<Command.Kind> reply,
      Instant now) {
    state.commands.cancel(site, id, inStore, reply, now);
  }

  /** Applies a configuration that was changed here or by another node. */
  public void configured(Config config, Instant now) {
    observe(now);
    state.reconfiguration.configured(config, now);
  }

  /** Handles a commit that is durable. */
  public void committed(long number, CommitResult done, Instant now) {
    observe(now);
    state.faults.succeeded(COMMIT_FAILED);
    state.replies.committed(number, done, now);
  }

  /** Handles a commit that failed. */
  public void commitFailed(long number, RuntimeException cause, Instant now) {
    observe(now);
    if (!(cause instanceof RejectedBatchException)) {
      state.faults.failed(COMMIT_FAILED, cause, now);
    }
    state.replies.failed(number, cause, now);
  }

  /** Handles the outcome of an attempt. */
  public void ended(Sending sent, Outcome outcome, Instant now) {
    observe(now);
    if (state.results.ended(sent, outcome, now)) {
      state.monitor.ended(sent, outcome, now);
    }
  }

  /** Admits claimed deliveries, unless this node has registered again since the claim. */
  public void claimed(long incarnation, ClaimResult claimed, Instant now) {
    observe(now);
    state.faults.succeeded(CLAIM_FAILED);
    if (!state.commits.isTrying()) {
      state.faults.succeeded(COMMIT_FAILED);
    }
    state.claims.claimed(claimed, now);
    if (incarnation == state.dispatcher.incarnation()) {
      claimed.work().forEach(work -> state.dispatcher.admitClaimed(work, now));
      state.replies.confirmClaimedAgain(now);
    }
  }

  /** Handles a claim that failed. */
  public void claimFailed(RuntimeException cause, Instant now) {
    observe(now);
    state.schedule.failed(now);
    state.faults.failed(CLAIM_FAILED, cause, now);
  }

  /** Sends a heartbeat; called at regular intervals. */
  public void beat() {
    state.lease.beat();
  }

  /** Handles the reply to a heartbeat. */
  public void heard(Heartbeat beat, Instant now) {
    if (state.commits.recover(now)) {
      state.faults.succeeded(COMMIT_FAILED);
    }
    state.lanes.share(beat.owners(), now);
    if (state.lease.heard(beat)) {
      state.dispatcher.claimAt(now);
    }
  }

  /** Handles a failed heartbeat or registration. */
  public void heartbeatFailed() {
    state.lease.failed();
  }

  /** Continues as a new owner, without the deliveries of the one retired or declared dead. */
  public void registered(Owner owner, Instant now) {
    state.lease.registered(owner);
    state.commits.dropOwned();
    state.dispatcher.evicted().forEach(owned -> state.results.evicted(owned, now));
    // The commit that they wait for may have held only entries that were dropped.
    state.commands.commitEnded(now);
    state.dispatcher.claimAt(now);
  }

  /** Gives up all deliveries at the next heartbeat, because an exception interrupted the engine. */
  public void loseTrack() {
    state.lease.loseTrack();
  }

  /**
   * Handles the record of a suspect's trial: sends the suspect if this node still owns it.
   *
   * @param isOwned whether this node still owns it; if not, its trial was not recorded
   */
  public void trialNoted(Sending suspect, boolean isOwned, Instant now) {
    if (isOwned) {
      state.dispatcher.sendTried(suspect);
    } else {
      unsent(suspect, "another node owns it now", now);
    }
  }

  /** Handles a failure to record a suspect's trial; the suspect is not sent. */
  public void trialFailed(Sending suspect, Throwable cause, Instant now) {
    unsent(suspect, "recording its trial failed: " + cause.getMessage(), now);
  }

  private void unsent(Sending suspect, String why, Instant now) {
    ended(suspect, Outcome.failed(OutcomeKind.INTERNAL_ERROR, why, Duration.ZERO), now);
  }

  /**
   * Cancels deliveries left behind when a node crashed after an endpoint or site was removed but
   * before its deliveries were cancelled.
   *
   * @param orphans endpoints with pending deliveries, listed before the configuration was
   *     refreshed; an endpoint is stored before its first delivery, so one that is missing now was
   *     removed
   */
  public void orphaned(List<OrphanedEndpoint> orphans, Instant now) {
    orphans.stream()
        .filter(orphan -> state.routes.endpoint(orphan.endpoint()) == null)
        .forEach(orphan -> state.commands.abandon(orphan.site(), orphan.endpoint(), now));
  }

  /** Stops accepting work: queued deliveries return to the store, in-flight requests finish. */
  public void drain() {
    state.intake.refuseQueued(OverloadedException.soon("the server is stopping"));
    state.dispatcher.drain();
  }

  /** Returns whether a drain has finished, which is at once if the store has stopped for good. */
  public boolean isDrained() {
    boolean atRest = state.lanes.inFlight() == 0 && state.commits.isIdle();
    return state.dispatcher.isDraining() && (state.faults.isStopped() || atRest);
  }

  /** Fails every pending request: nothing more will be committed. */
  public void end() {
    RuntimeException cause = OverloadedException.soon("the server has stopped");
    state.intake.refuseQueued(cause);
    state.replies.abandon(cause);
  }

  /** Returns the numbers of deliveries and events that this node holds in memory. */
  public Load load() {
    return new Load(state.lanes.owned(), state.lanes.inFlight(), state.intake.waitingEvents());
  }

  /** Returns a live view of the health of unhealthy endpoints; any thread may read it. */
  public Map<EndpointId, EndpointHealth> unhealthy() {
    return state.monitor.unhealthy();
  }

  /** Returns the endpoints whose due deliveries exceed their rate; any thread may read it. */
  public Map<EndpointId, SendRate> rateLimited() {
    return state.lanes.rateLimited();
  }

  /** Returns the conditions that hold back deliveries of healthy endpoints; thread-safe. */
  public DeliveryHolds holds() {
    return new DeliveryHolds(state.releases, state.quarantine);
  }

  /** Returns the failures of the store; any thread may read the current ones. */
  public StoreFaults storeFaults() {
    return state.faults;
  }

  /** Returns whether a commit has failed and the store has not recovered since. */
  public boolean isFailing() {
    return state.commits.isFailing();
  }

  /**
   * Starts all work that can start after one or more messages. The order of the steps matters:
   *
   * <ol>
   *   <li>A suspect goes first, so that ready deliveries do not take the last slot of its endpoint.
   *   <li>Sending precedes admission, because it makes room in the lanes and reduces the backlog on
   *       which the gate depends.
   *   <li>The commit follows both, so that it includes all entries that they add instead of leaving
   *       them to the next commit.
   *   <li>The claim comes last: it requests as many deliveries as fresh ones have left room for,
   *       and none while a commit is in doubt.
   * </ol>
   *
   * @return when to call again if no message arrives first, or null for never
   */
  public @Nullable Instant decide(Instant now) {
    observe(now);
    state.monitor.reportRecorded();
    state.dispatcher.sendSuspect(now);
    state.dispatcher.sendReady(now);
    state.intake.admit(now);
    long incarnation = state.dispatcher.incarnation();
    state.commits.decide(now, incarnation, state.schedule.isAsking());
    if (state.commits.isStalled(now)) {
      return state.commits.stalledUntil();
    }
    if (state.dispatcher.isDraining()) {
      return state.commits.wakeAt();
    }
    state.claims.claim(incarnation, now);
    return state.wakeAt();
  }

  /** Adjusts all timers if the clock was set back, before anything uses the new time. */
  private void observe(Instant now) {
    if (now.isBefore(seenAt)) {
      state.clockSetBack(seenAt, now);
    }
    seenAt = now;
  }
}
