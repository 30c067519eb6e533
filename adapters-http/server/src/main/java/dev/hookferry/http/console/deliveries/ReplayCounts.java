package dev.hookferry.http.console.deliveries;

import dev.hookferry.Replays;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.replay.ReplayWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts of the deliveries that a replay would send, by status, for the user to choose from.
 *
 * @param parts the preview of each status that has deliveries; a single preview if the deliveries
 *     do not exist yet
 */
record ReplayCounts(Map<DeliveryState, Replays.Preview> parts) {
  /** Placeholder status for deliveries that do not exist yet. */
  private static final DeliveryState NONE_YET = DeliveryState.PENDING;

  private static final int SAMPLES = 5;

  /**
   * Number of deliveries to one endpoint.
   *
   * @param id the endpoint's id
   * @param url its URL if the name differs; empty otherwise
   * @param more whether there may be more because a status was not counted completely
   * @param byStatus the number per status, such as {@code exhausted:12 delivered:3}, with a plus
   *     sign if there may be more
   */
  public record Share(
      String id, String name, String url, long count, boolean more, String byStatus) {
    public String counted() {
      return NumberText.of(count, more);
    }
  }

  static ReplayCounts of(Replays replays, SiteId site, ReplayWindow window) {
    Map<DeliveryState, Replays.Preview> parts = new EnumMap<>(DeliveryState.class);
    if (window.missing()) {
      parts.put(NONE_YET, replays.preview(site, window));
    } else {
      for (DeliveryState state : window.statuses()) {
        parts.put(state, replays.preview(site, window.statuses(Set.of(state))));
      }
    }
    parts.values().removeIf(part -> part.byEndpoint().isEmpty());
    return new ReplayCounts(parts);
  }

  long count() {
    return parts.values().stream().mapToLong(Replays.Preview::count).sum();
  }

  /** Returns whether there are more than were counted. */
  boolean more() {
    return parts.values().stream().anyMatch(Replays.Preview::more);
  }

  Set<EndpointId> endpoints() {
    Set<EndpointId> all = new HashSet<>();
    parts.values().forEach(part -> all.addAll(part.byEndpoint().keySet()));
    return all;
  }

  /**
   * Returns the parts to choose from, failed ones first. All are preselected because the user chose
   * them before.
   */
  List<RetryableDeliveries.Part> choices() {
    return parts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(RetryableDeliveries.FAILED_FIRST))
        .map(
            one ->
                new RetryableDeliveries.Part(
                    one.getKey().code(),
                    StatePill.withCause(one.getKey()),
                    one.getValue().count(),
                    one.getValue().more(),
                    true))
        .toList();
  }

  /** Returns the endpoints with their number of deliveries, largest first. */
  List<Share> shares(EndpointList targets) {
    Map<EndpointId, Map<DeliveryState, Long>> counts = new HashMap<>();
    parts.forEach(
        (state, part) ->
            part.byEndpoint()
                .forEach(
                    (id, count) ->
                        counts
                            .computeIfAbsent(id, one -> new EnumMap<>(DeliveryState.class))
                            .put(state, count)));
    List<Share> shares = new ArrayList<>();
    counts.forEach(
        (id, byStatus) ->
            shares.add(
                new Share(
                    id.toString(),
                    targets.name(id),
                    targets.urlBeside(id),
                    byStatus.values().stream().mapToLong(Long::longValue).sum(),
                    byStatus.keySet().stream().anyMatch(this::isCut),
                    byStatus.entrySet().stream()
                        .map(one -> text(one.getKey(), one.getValue()))
                        .collect(Collectors.joining(" ")))));
    shares.sort(Comparator.comparingLong(Share::count).reversed());
    return shares;
  }

  private boolean isCut(DeliveryState state) {
    Replays.Preview part = parts.get(state);
    return part != null && part.more();
  }

  private String text(DeliveryState state, long count) {
    return state.code() + ":" + count + (isCut(state) ? "+" : "");
  }

  /** Returns the newest deliveries. */
  List<Delivery> samples() {
    return parts.values().stream()
        .flatMap(part -> part.samples().stream())
        .sorted(Comparator.comparing(Delivery::createdAt).reversed())
        .limit(SAMPLES)
        .toList();
  }
}
