package dev.hookferry.engine.routing;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Channels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Index of the endpoints that subscribe to one event type. Endpoints with channels are indexed by
 * each channel, others with labels by their rarest label, so the cost of a lookup depends on its
 * result and the event's labels, not on the number of endpoints. Immutable.
 */
final class Subscribers {
  private static final Comparator<Endpoint> OLDEST_FIRST =
      Comparator.comparing(endpoint -> endpoint.id().value());

  private final List<Endpoint> unlabelled;

  /** Null in the usual case that no endpoint has labels. */
  private final @Nullable Map<Map.Entry<String, String>, List<Endpoint>> byLabel;

  private Subscribers(
      List<Endpoint> unlabelled, @Nullable Map<Map.Entry<String, String>, List<Endpoint>> byLabel) {
    this.unlabelled = unlabelled;
    this.byLabel = byLabel;
  }

  /** Indexes endpoints that are ordered by id. */
  static Subscribers of(Collection<Endpoint> endpoints) {
    List<Endpoint> plain = new ArrayList<>();
    List<Endpoint> labelled = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      (endpoint.labels().isEmpty() ? plain : labelled).add(endpoint);
    }
    return new Subscribers(List.copyOf(plain), labelled.isEmpty() ? null : indexed(labelled));
  }

  private static Map<Map.Entry<String, String>, List<Endpoint>> indexed(List<Endpoint> labelled) {
    Map<Map.Entry<String, String>, Integer> counts = new HashMap<>();
    for (Endpoint endpoint : labelled) {
      endpoint.labels().entrySet().forEach(label -> counts.merge(copy(label), 1, Integer::sum));
    }
    Map<Map.Entry<String, String>, List<Endpoint>> index = new HashMap<>();
    for (Endpoint endpoint : labelled) {
      for (Map.Entry<String, String> label : keys(endpoint, counts)) {
        index.computeIfAbsent(label, each -> new ArrayList<>()).add(endpoint);
      }
    }
    return index;
  }

  /** Returns labels to index an endpoint by: each event that it gets has at least one of them. */
  private static List<Map.Entry<String, String>> keys(
      Endpoint endpoint, Map<Map.Entry<String, String>, Integer> counts) {
    List<Map.Entry<String, String>> channels =
        endpoint.labels().entrySet().stream()
            .filter(label -> Channels.isChannel(label.getKey()))
            .map(Subscribers::copy)
            .toList();
    return channels.isEmpty()
        ? endpoint.labels().entrySet().stream()
            .map(Subscribers::copy)
            .min(Comparator.comparing(label -> counts.getOrDefault(label, 0)))
            .stream()
            .toList()
        : channels;
  }

  private static Map.Entry<String, String> copy(Map.Entry<String, String> label) {
    return Map.entry(label.getKey(), label.getValue());
  }

  /** Returns the endpoints whose labels are satisfied by these labels, oldest first. */
  List<Endpoint> matching(Map<String, String> labels) {
    if (byLabel == null || labels.isEmpty()) {
      return unlabelled;
    }
    Set<Endpoint> found = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Map.Entry<String, String> label : labels.entrySet()) {
      for (Endpoint endpoint : byLabel.getOrDefault(copy(label), List.of())) {
        if (RoutingTable.hasLabels(labels, endpoint)) {
          found.add(endpoint);
        }
      }
    }
    List<Endpoint> all = new ArrayList<>(unlabelled);
    all.addAll(found);
    all.sort(OLDEST_FIRST);
    return all;
  }
}
