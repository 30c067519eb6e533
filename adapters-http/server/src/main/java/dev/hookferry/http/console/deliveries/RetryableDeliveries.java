package dev.hookferry.http.console.deliveries;

import dev.hookferry.Replays;
import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.replay.ReplayWindow;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deliveries that match a filter and can be retried together.
 *
 * @param counts the number by state, for each state that the filter matches
 * @param endpoints the number of deliveries to each endpoint
 * @param more whether there are more than were counted; they are sent too
 * @param moreBlocked whether there are more blocked ones, which are not included
 */
public record RetryableDeliveries(
    Map<DeliveryState, Long> counts,
    Map<EndpointId, Long> endpoints,
    boolean more,
    boolean moreBlocked) {
  static final RetryableDeliveries NONE = new RetryableDeliveries(Map.of(), Map.of(), false, false);

  static final Comparator<DeliveryState> FAILED_FIRST =
      Comparator.comparing(state -> !ReplayWindow.FAILED.contains(state));

  /**
   * The matches with one status.
   *
   * @param count number of deliveries
   * @param more whether there are more, which are not included
   * @param chosen whether they are retried by default
   */
  public record Part(String status, StatePill pill, long count, boolean more, boolean chosen) {
    public String counted() {
      return NumberText.of(count, more);
    }

    /** Returns the number of deliveries, with the noun. */
    public String deliveries() {
      return counted() + noun();
    }

    /** Returns the number of deliveries, with their status. */
    String titled() {
      return counted() + " " + pill.word() + noun();
    }

    private String noun() {
      return count == 1 && !more ? " delivery" : " deliveries";
    }

    /** Returns whether these deliveries are still attempted or block others. */
    boolean isOpen() {
      return status.equals(DeliveryState.PENDING.code())
          || status.equals(DeliveryState.BLOCKED.code());
    }
  }

  /** Counts the matching deliveries that a replay would send, up to 100,000. */
  static RetryableDeliveries replayed(Webhooks webhooks, DeliveryQuery query, ReplayWindow window) {
    Map<DeliveryState, Long> counts = new EnumMap<>(DeliveryState.class);
    query.states().stream()
        .filter(RetryableDeliveries::isReplayed)
        .forEach(state -> counts.put(state, 0L));
    Map<EndpointId, Long> endpoints = new HashMap<>();
    boolean more = false;
    if (!counts.isEmpty()) {
      Replays.Preview preview =
          webhooks
              .replays()
              .preview(query.site(), window.statuses(EnumSet.copyOf(counts.keySet())));
      counts.replaceAll((state, none) -> preview.byStatus().getOrDefault(state, none));
      endpoints.putAll(preview.byEndpoint());
      more = preview.more();
    }
    return new RetryableDeliveries(counts, endpoints, more, false);
  }

  /** Counts the matching blocked deliveries, up to the number that can be retried together. */
  static RetryableDeliveries blocked(Webhooks webhooks, DeliveryQuery query) {
    if (!query.states().contains(DeliveryState.BLOCKED)) {
      return NONE;
    }
    Page<Delivery> blocked = webhooks.deliveries().list(blocked(query));
    Map<EndpointId, Long> endpoints = new HashMap<>();
    blocked.data().forEach(one -> endpoints.merge(one.endpoint(), 1L, Long::sum));
    return new RetryableDeliveries(
        Map.of(DeliveryState.BLOCKED, (long) blocked.data().size()),
        endpoints,
        false,
        blocked.next() != null);
  }

  /** Returns a copy that reports more deliveries than were counted. */
  RetryableDeliveries andMore() {
    return new RetryableDeliveries(counts, endpoints, true, moreBlocked);
  }

  /** Returns the total number of counted deliveries. */
  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the sum with the deliveries of another filter. */
  RetryableDeliveries and(RetryableDeliveries other) {
    Map<DeliveryState, Long> allCounts = new EnumMap<>(DeliveryState.class);
    allCounts.putAll(counts);
    other.counts.forEach((state, count) -> allCounts.merge(state, count, Long::sum));
    Map<EndpointId, Long> allEndpoints = new HashMap<>(endpoints);
    other.endpoints.forEach((id, count) -> allEndpoints.merge(id, count, Long::sum));
    return new RetryableDeliveries(
        allCounts, allEndpoints, more || other.more, moreBlocked || other.moreBlocked);
  }

  /** Returns whether a replay sends deliveries in a state. */
  static boolean isReplayed(DeliveryState state) {
    return state.isFinal() || state == DeliveryState.PENDING;
  }

  /** Returns whether deliveries in a state can be retried together. */
  static boolean isRetryable(DeliveryState state) {
    return isReplayed(state) || state == DeliveryState.BLOCKED;
  }

  /** Returns the query for the blocked deliveries to retry together. */
  static DeliveryQuery blocked(DeliveryQuery query) {
    return query.state(DeliveryState.BLOCKED).page(PageRequest.of(PageRequest.MAX_LIMIT));
  }

  /**
   * Returns the parts, failed ones first.
   *
   * @param isNamed whether the filter explicitly names the states
   */
  List<Part> parts(boolean isNamed) {
    Set<DeliveryState> chosen = chosen(isNamed);
    return counts.entrySet().stream()
        .filter(one -> one.getValue() > 0)
        .sorted(Map.Entry.comparingByKey(FAILED_FIRST))
        .map(
            one ->
                new Part(
                    one.getKey().code(),
                    StatePill.withCause(one.getKey()),
                    one.getValue(),
                    one.getKey() == DeliveryState.BLOCKED && moreBlocked,
                    chosen.contains(one.getKey())))
        .toList();
  }

  /**
   * Returns the states to retry by default. Delivered ones are included only if there is nothing
   * else.
   */
  private Set<DeliveryState> chosen(boolean isNamed) {
    Set<DeliveryState> found =
        counts.entrySet().stream()
            .filter(one -> one.getValue() > 0)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Set<DeliveryState> named = EnumSet.complementOf(EnumSet.of(DeliveryState.DELIVERED));
    Set<DeliveryState> failed = isNamed ? named : ReplayWindow.FAILED;
    return Stream.of(
            failed,
            Set.of(DeliveryState.BLOCKED),
            ReplayWindow.PENDING,
            Set.of(DeliveryState.CANCELLED))
        .map(some -> some.stream().filter(found::contains).collect(Collectors.toSet()))
        .filter(some -> !some.isEmpty())
        .findFirst()
        .orElse(found);
  }
}
