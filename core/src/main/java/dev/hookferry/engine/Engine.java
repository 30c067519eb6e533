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
 * Deterministic state machine that moves deliveries, for one thread. Each method is a message: it
 * changes only memory and returns at once; {@link #decide} then starts what the changes call for.
 * It reads no clock and draws randomness only from what it was given, so a run can be repeated.
 */
public final class Engine {
  private static final String COMMIT_FAILED = "commit failed";
  private static final String CLAIM_FAILED = "claim failed";

  private final EngineState state;
  private Instant seenAt = Instant.MIN;

  /** Creates an engine that knows no configuration yet. */
  public Engine(EngineConfig config, Effects effects) {
    state = new EngineState(config, effects);
  }

  /** Queues events that were built from one version of the configuration. */
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

  /** Gives up a blocked delivery; calls {@code mayBeDone} if an earlier try may have done it. */
  public void skip(Command.Skip skip, Runnable mayBeDone, CompletableFuture<Command.Kind> reply) {
    state.commands.skip(skip, mayBeDone, reply);
  }

  /** Sends an event to additional endpoints. */
  public void deliver(
      Event event, List<EndpointId> endpoints, CompletableFuture<Command.Kind> reply, Instant now) {
    state.commands.deliver(event, endpoints, reply, now);
  }

  /** Cancels a delivery; calls {@code inStore} before the reply if the store has done it. */
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

  /** Admits claimed deliveries. */
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

  /** Continues as a new owner after this node was declared dead, without its deliveries. */
  public void registered(Owner owner, Instant now) {
    state.lease.registered(owner);
    state.commits.dropOwned();
    state.dispatcher.evicted().forEach(owned -> state.results.evicted(owned, now));
    // The commit that they wait for may have held nothing but what was dropped.
    state.commands.commitEnded(now);
    state.dispatcher.claimAt(now);
  }

  /** Gives up all deliveries at the next heartbeat, because an exception interrupted a message. */
  public void loseTrack() {
    state.lease.loseTrack();
  }

  /**
   * Sends a suspect.
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

  /** Handles a trial that could not be recorded; the suspect is then not sent. */
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
   * @param orphans endpoints with pending deliveries, found before the configuration was refreshed:
   *     one that another node has just added is in the stored configuration before its first
   *     delivery, so an endpoint that is missing now was removed
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

  /** Returns whether a drain has finished; a stopped store takes nothing back. */
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

  /** Returns the health of endpoints whose last attempt failed; any thread may read it. */
  public Map<EndpointId, EndpointHealth> board() {
    return state.monitor.board();
  }

  /** Returns the endpoints that are due more than their rate allows; any thread may read it. */
  public Map<EndpointId, SendRate> rateLimited() {
    return state.lanes.rateLimited();
  }

  /** Returns the holds on single deliveries; any thread may use them. */
  public DeliveryHolds holds() {
    return new DeliveryHolds(state.releases, state.quarantine);
  }

  /** Returns the failures of the store; any thread may read them. */
  public StoreFaults storeFaults() {
    return state.faults;
  }

  /** Returns whether the last commit failed. */
  public boolean isFailing() {
    return state.commits.isFailing();
  }

  /**
   * Starts what can be started after one or several messages. The order of the steps matters:
   *
   * <ol>
   *   <li>A suspect goes before all others, so that it finds a place even in a busy window.
   *   <li>Sending comes before admission, because what is sent makes room in the lanes, and the
   *       gate opens by what is left in them.
   *   <li>The commit comes after both, so that it takes everything that they have added; a commit
   *       that starts earlier would leave them to the next one.
   *   <li>The claim comes last: it requests as much as fresh deliveries have left room for, and not
   *       while a commit is in doubt.
   * </ol>
   *
   * @return when to call again even if no message comes, or null for never
   */
  public @Nullable Instant decide(Instant now) {
    observe(now);
    state.monitor.tellRecorded();
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

  /** Detects that the clock was set back before anything uses the new time. */
  private void observe(Instant now) {
    if (now.isBefore(seenAt)) {
      state.clockSetBack(seenAt, now);
    }
    seenAt = now;
  }
}
