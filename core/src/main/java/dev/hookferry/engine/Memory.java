package dev.hookferry.engine;

import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.id.IdSource;
import dev.hookferry.port.Claimed.Work;
import dev.hookferry.port.Config;
import dev.hookferry.port.EndpointHealth;
import dev.hookferry.port.Limits;
import dev.hookferry.refusal.OverloadedException;
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
final class Memory {
  final Limits limits;
  final IdSource ids;
  final RandomGenerator chance;
  final Effects effects;
  final Lanes lanes;
  final Commits commits;
  final Claims claims;
  final Door door;
  final Releases releases = new Releases();
  final Postponements postponements = new Postponements();

  /** How the endpoints fare that are not well, for all threads to read. */
  final Map<EndpointId, EndpointHealth> board = new ConcurrentHashMap<>();

  Routes routes = new Routes(Config.EMPTY);

  /** Grows when this node was given up for dead and goes on as another owner. */
  long incarnation;

  boolean draining;

  /** Whether the store has said that only a new start helps. */
  boolean storeStopped;

  /** What the store gave again before it answered the commit that had set it free. */
  final Map<DeliveryId, Work> claimedEarly = new HashMap<>();

  private List<Consumer<Instant>> afterCommit = new ArrayList<>();

  Memory(Parts parts, Effects effects) {
    limits = parts.limits();
    ids = parts.ids();
    chance = parts.chance();
    this.effects = effects;
    lanes = new Lanes(limits);
    commits = new Commits(parts.parallelCommits(), limits.batch(), effects);
    claims = new Claims(parts.shared());
    door = new Door(2 * limits.inFlight());
  }

  /**
   * What an engine is made with.
   *
   * @param shared whether other nodes use the same store
   */
  record Parts(
      Limits limits, IdSource ids, RandomGenerator chance, int parallelCommits, boolean shared) {}

  /** Does something once the commit that is under way has ended. */
  void afterCommit(Consumer<Instant> action) {
    afterCommit.add(action);
  }

  void runAfterCommit(Instant now) {
    List<Consumer<Instant>> actions = afterCommit;
    afterCommit = new ArrayList<>();
    actions.forEach(action -> action.accept(now));
  }

  /** How many events are not durable yet. */
  int waitingEvents() {
    return door.events() + commits.waitingEvents();
  }

  /** This node owns the delivery no more; its place may be what the store's work waits for. */
  void forget(Held held, Instant now) {
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
    return earlier(earlier(claim, commits.wakeAt()), earlier(lanes.agesAt(), door.opensAt()));
  }

  /** The earlier of two moments, either of which may never come. */
  static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  /** The refusal that asks to come back soon. */
  static OverloadedException overloaded(String what) {
    return new OverloadedException(what, Duration.ofSeconds(1));
  }
}
