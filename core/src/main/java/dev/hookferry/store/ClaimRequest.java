package dev.hookferry.store;

import dev.hookferry.id.EndpointId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Request to claim due deliveries, within the owner's free capacity.
 *
 * @param room maximum deliveries per endpoint; endpoints without room are skipped
 * @param limit maximum deliveries in total, at least 1
 * @param maxBytes maximum payload bytes in total; one delivery is always allowed, however large
 * @param dueBy only deliveries that are due at this time or before
 */
public record ClaimRequest(Room room, int limit, long maxBytes, Instant dueBy) {
  public ClaimRequest {
    Objects.requireNonNull(room, "room");
    Objects.requireNonNull(dueBy, "dueBy");
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1 (got " + limit + ")");
    }
  }

  /** Creates a request for the named endpoints only. */
  public ClaimRequest(Map<EndpointId, Integer> room, int limit, long maxBytes, Instant dueBy) {
    this(Room.of(Objects.requireNonNull(room, "room")), limit, maxBytes, dueBy);
  }

  /**
   * The number of deliveries that a claim may take for each endpoint. Either it names the endpoints
   * with room, or a store finds the endpoints that have free deliveries and asks for the room of
   * each; then a claim costs the same however many endpoints are configured. Thread-safe.
   */
  public static final class Room {
    private final @Nullable Map<EndpointId, Integer> named;
    private final ToIntFunction<EndpointId> room;

    private Room(@Nullable Map<EndpointId, Integer> named, ToIntFunction<EndpointId> room) {
      this.named = named;
      this.room = room;
    }

    /**
     * Returns a room of the named endpoints only.
     *
     * @param named at least 1 for each endpoint
     */
    public static Room of(Map<EndpointId, Integer> named) {
      Objects.requireNonNull(named, "named");
      Map<EndpointId, Integer> copy = Collections.unmodifiableMap(new LinkedHashMap<>(named));
      return new Room(copy, endpoint -> copy.getOrDefault(endpoint, 0));
    }

    /**
     * Returns a room that names no endpoint.
     *
     * @param room returns the room of an endpoint, 0 if it has none; must not block, must always
     *     return the same, and is called by any thread
     */
    public static Room computed(ToIntFunction<EndpointId> room) {
      return new Room(null, Objects.requireNonNull(room, "room"));
    }

    /** Returns the maximum number of deliveries of an endpoint; 0 if it has no room. */
    public int of(EndpointId endpoint) {
      return room.applyAsInt(Objects.requireNonNull(endpoint, "endpoint"));
    }

    /** Returns the endpoints with room; empty if the store must find them. */
    public Optional<Map<EndpointId, Integer>> named() {
      return Optional.ofNullable(named);
    }
  }
}
