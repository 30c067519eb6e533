package dev.hookferry.engine;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.intake.RoutingTable;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimRequest.Room;
import dev.hookferry.store.config.Config;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Decides for which endpoints to claim deliveries, and how many for each. */
final class ClaimScope {
  /**
   * Up to this number of endpoints is named, so that a claim does not look at others, such as
   * paused ones, that have free deliveries. With more the store asks for each that has some.
   */
  static final int MOST_NAMED = 1_000;

  private ClaimScope() {}

  /** Returns the room of a claim that comes now; null if no endpoint has any. */
  static @Nullable Room of(EngineState memory, Instant now) {
    Map<EndpointId, Integer> rooms = memory.lanes.rooms();
    Config config = memory.routes.config();
    boolean starved = memory.lanes.roomLeft() <= 0 || memory.lanes.bytesLeft() <= 0;
    int usual = memory.limits.lane();
    ToIntFunction<EndpointId> room =
        id -> !starved && RoutingTable.isActive(config, id) ? rooms.getOrDefault(id, usual) : 0;
    memory.releases.cut(rooms, room, now);
    Collection<Endpoint> active = memory.routes.active();
    if (starved || active.isEmpty()) {
      return null;
    }
    return active.size() > MOST_NAMED ? Room.computed(room) : named(active, room);
  }

  private static @Nullable Room named(
      Collection<Endpoint> endpoints, ToIntFunction<EndpointId> room) {
    Map<EndpointId, Integer> named = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      int most = room.applyAsInt(endpoint.id());
      if (most > 0) {
        named.put(endpoint.id(), most);
      }
    }
    return named.isEmpty() ? null : Room.of(named);
  }
}
