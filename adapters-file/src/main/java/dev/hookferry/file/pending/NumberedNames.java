package dev.hookferry.file.pending;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Small numbers for endpoints, sites and event types, which many pending deliveries share. Not
 * thread-safe.
 */
public final class NumberedNames {
  private final List<EndpointId> endpoints = new ArrayList<>();
  private final Map<EndpointId, Integer> lanes = new HashMap<>();
  private final List<Kind> kinds = new ArrayList<>();
  private final Map<Kind, Integer> kindNumbers = new HashMap<>();

  /** A site and an event type. */
  public record Kind(SiteId site, EventType type) {}

  /** Returns the number of an endpoint, assigning one if necessary. */
  public int lane(EndpointId endpoint) {
    return lanes.computeIfAbsent(
        endpoint,
        e -> {
          endpoints.add(e);
          return endpoints.size() - 1;
        });
  }

  /** Returns the number of an endpoint, or -1 if it has none. */
  public int laneOrNone(EndpointId endpoint) {
    return lanes.getOrDefault(endpoint, -1);
  }

  EndpointId endpoint(int lane) {
    return endpoints.get(lane);
  }

  public List<EndpointId> endpoints() {
    return endpoints;
  }

  /** Returns the number of a site and type, assigning one if necessary. */
  public int kind(Kind kind) {
    return kindNumbers.computeIfAbsent(
        kind,
        k -> {
          kinds.add(k);
          return kinds.size() - 1;
        });
  }

  public Kind kind(int number) {
    return kinds.get(number);
  }

  public List<Kind> kinds() {
    return kinds;
  }
}
