package dev.hookferry.engine.dispatch;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.commit.GroupCommit;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.engine.routing.RoutingTable;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimRequest.Room;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.config.Config;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Decides for which endpoints to claim deliveries, and how many of each. */
public final class ClaimPlanner {
  /**
   * Maximum number of active endpoints that a claim names, so that the store skips all others, such
   * as paused ones. With more, the store asks for the room of each endpoint that has free
   * deliveries.
   */
  static final int MAX_NAMED = 1_000;

  private static final int CLAIMED_AT_ONCE = 500;

  private final LoadLimits limits;
  private final Effects effects;
  private final RoutingTable routes;
  private final GroupCommit commits;
  private final Lanes lanes;
  private final ClaimSchedule schedule;
  private final ReleaseRateLimiter releases;
  private @Nullable ClaimRequest requested;

  /** Creates a planner. */
  public ClaimPlanner(
      LoadLimits limits,
      Effects effects,
      RoutingTable routes,
      GroupCommit commits,
      Lanes lanes,
      ClaimSchedule schedule,
      ReleaseRateLimiter releases) {
    this.limits = limits;
    this.effects = effects;
    this.routes = routes;
    this.commits = commits;
    this.lanes = lanes;
    this.schedule = schedule;
    this.releases = releases;
  }

  /** Claims if a claim is due. Call it after fresh and waiting deliveries have their slots. */
  public void claim(long incarnation, Instant now) {
    if (commits.isInDoubt() || !schedule.isWanted(now)) {
      return;
    }
    Room room = room(now);
    lanes.capacity().updateStarved();
    schedule.claimSent(room != null, now);
    schedule.dueAt(releases.nextAt());
    if (room != null) {
      int limit = Math.min(CLAIMED_AT_ONCE, lanes.capacity().left());
      requested = new ClaimRequest(room, limit, lanes.capacity().bytesLeft(), now);
      effects.claim(incarnation, requested);
    }
  }

  /** Handles the result of a claim. */
  public void claimed(ClaimResult claimed, Instant now) {
    schedule.claimed(claimed.work().size(), claimed.nextDue(), now);
    if (requested != null) {
      releases.claimed(requested, claimed.work());
    }
  }

  /** Returns when the next claim is due, or null if nothing is expected. */
  public @Nullable Instant wakeAt() {
    return commits.isInDoubt() ? null : schedule.wakeAt();
  }

  /** Returns the capacity for a claim made now; null if no endpoint has any. */
  private @Nullable Room room(Instant now) {
    Map<EndpointId, Integer> rooms = lanes.capacity().nonDefaultRooms();
    Config config = routes.config();
    boolean full = lanes.capacity().isFull();
    int usual = limits.lane();
    ToIntFunction<EndpointId> room =
        id -> !full && RoutingTable.isActive(config, id) ? rooms.getOrDefault(id, usual) : 0;
    releases.cut(rooms, room, now);
    Collection<Endpoint> active = routes.active();
    if (full || active.isEmpty()) {
      return null;
    }
    return active.size() > MAX_NAMED ? Room.computed(room) : named(active, room);
  }

  private static @Nullable Room named(
      Collection<Endpoint> endpoints, ToIntFunction<EndpointId> room) {
    Map<EndpointId, Integer> named = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      int free = room.applyAsInt(endpoint.id());
      if (free > 0) {
        named.put(endpoint.id(), free);
      }
    }
    return named.isEmpty() ? null : Room.of(named);
  }
}
