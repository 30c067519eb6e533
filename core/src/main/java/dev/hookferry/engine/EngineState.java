package dev.hookferry.engine;

import dev.hookferry.engine.commit.GroupCommit;
import dev.hookferry.engine.dispatch.ClaimSchedule;
import dev.hookferry.engine.dispatch.Lane;
import dev.hookferry.engine.dispatch.Lanes;
import dev.hookferry.engine.dispatch.OwnedDelivery;
import dev.hookferry.engine.dispatch.ReleaseRateLimiter;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.effect.WakeTime;
import dev.hookferry.engine.intake.AdmissionGate;
import dev.hookferry.engine.intake.RoutingTable;
import dev.hookferry.engine.outcome.InternalErrorBackoff;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.IdSource;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.observe.OwnFault;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.store.ClaimResult.Work;
import dev.hookferry.store.StoreStoppedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the engine remembers, and through what it acts. Touched by one thread only. */
public final class EngineState {
  static final String COMMIT_FAILED = "a commit failed";
  static final String CLAIM_FAILED = "a claim failed";

  final LoadLimits limits;
  final IdSource ids;
  final RandomGenerator chance;
  final Effects effects;
  final Lanes lanes;
  final GroupCommit commits;
  final ClaimSchedule claims;
  final AdmissionGate door;
  final ReleaseRateLimiter releases = new ReleaseRateLimiter();
  final InternalErrorBackoff postponements = new InternalErrorBackoff();

  /** How the endpoints fare that are not well, for all threads to read. */
  final Map<EndpointId, EndpointHealth> board = new ConcurrentHashMap<>();

  /** What the store fails at, for all threads to read; empty while it answers. */
  final Map<String, OwnFault> storeFaults = new ConcurrentHashMap<>();

  final RoutingTable routes = new RoutingTable();

  /** Grows when this node was given up for dead and goes on as another owner. */
  long incarnation;

  boolean draining;

  /** Whether the store has said that only a new start helps. */
  boolean storeStopped;

  /** What the store gave again before it answered the commit that had set it free. */
  final Map<DeliveryId, Work> claimedEarly = new HashMap<>();

  private List<Consumer<Instant>> afterCommit = new ArrayList<>();

  EngineState(EngineConfig config, Effects effects) {
    limits = config.limits();
    ids = config.ids();
    chance = config.chance();
    this.effects = effects;
    lanes = new Lanes(limits, routes::isPaused);
    commits = new GroupCommit(config.parallelCommits(), limits, effects);
    claims = new ClaimSchedule(config.shared());
    door = new AdmissionGate(2 * limits.inFlight());
  }

  /** Does something once the commit that is under way has ended. */
  void afterCommit(Consumer<Instant> action) {
    afterCommit.add(action);
  }

  void runAfterCommit(Instant now) {
    List<Consumer<Instant>> actions = afterCommit;
    afterCommit = new ArrayList<>();
    actions.forEach(action -> action.accept(now));
  }

  /** The store failed at something; it counts as failing at that until it answers. */
  void storeFailed(String what, RuntimeException cause, Instant now) {
    String reason = what + ": " + cause.getMessage();
    storeFaults.compute(
        what, (key, before) -> OwnFault.after(before, OwnFault.Kind.STORE, reason, now));
    storeStopped |= cause instanceof StoreStoppedException;
    effects.tell(listener -> listener.fault(what, cause));
  }

  /** A commit worked. */
  void commitWorked() {
    storeWorked(COMMIT_FAILED);
  }

  /** A claim worked; if there is nothing to commit, commits are taken to work as well. */
  void claimWorked() {
    storeWorked(CLAIM_FAILED);
    if (commits.isIdle()) {
      storeWorked(COMMIT_FAILED);
    }
  }

  private void storeWorked(String what) {
    if (storeFaults.remove(what) != null && storeFaults.isEmpty()) {
      effects.tell(listener -> listener.storeRecovered());
    }
  }

  /** How many events are not durable yet. */
  int waitingEvents() {
    return door.events() + commits.waitingEvents();
  }

  /** This node owns the delivery no more; its place may be what the store's work waits for. */
  void forget(OwnedDelivery held, Instant now) {
    if (lanes.forget(held)) {
      claims.dueAt(now);
    }
  }

  /** The clock was set back: what waits for a moment must not wait for it to come again. */
  void setBack(Instant before, Instant now) {
    Duration by = Duration.between(now, before);
    commits.setBack(now);
    claims.setBack(now);
    lanes.setBack(by);
    releases.setBack(by);
    door.setBack(by);
    board.replaceAll(
        (endpoint, seen) -> {
          Lane lane = lanes.lane(endpoint);
          return lane == null ? seen : lane.health.seen(now);
        });
  }

  /** When time alone changes something, or null if it does not. */
  @Nullable Instant wakeAt() {
    Instant claim = commits.isInDoubt() ? null : claims.wakeAt();
    return WakeTime.earlier(
        WakeTime.earlier(claim, commits.wakeAt()),
        WakeTime.earlier(lanes.agesAt(), door.opensAt()));
  }

  /** The refusal that asks to come back soon. */
  public static OverloadedException overloaded(String what) {
    return new OverloadedException(what, Duration.ofSeconds(1));
  }
}
