package dev.hookferry.internal.incident;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts of deliveries that ran out of retries, for summaries: at most one per site every ten
 * minutes. Thread-safe.
 */
final class ExhaustedDeliveries {
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final int MAX_ENDPOINTS = 1_000;

  private final Map<SiteId, Count> counts = new HashMap<>();

  /**
   * Deliveries of a site that ran out of retries.
   *
   * @param count the number of deliveries
   * @param firsts the first delivery of each endpoint, oldest first, for up to 1,000 endpoints
   * @param since when the first delivery ended
   * @param until when the last delivery ended
   */
  record Summary(int count, List<Delivery> firsts, Instant since, Instant until) {}

  private static final class Count {
    private final Map<EndpointId, Delivery> firsts = new LinkedHashMap<>();
    private @Nullable Instant told;
    private Instant since = Instant.MIN;
    private Instant until = Instant.MIN;
    private int count;
  }

  /** Counts a final delivery if it ran out of retries; tests and operational events never count. */
  void add(Delivery delivery, InstantSource clock) {
    if (delivery.state() == DeliveryState.EXHAUSTED
        && !delivery.type().equals(EventType.TEST)
        && !OperationalEvents.contains(delivery.type())) {
      count(delivery, clock.instant());
    }
  }

  private synchronized void count(Delivery delivery, Instant now) {
    Count count = counts.computeIfAbsent(delivery.site(), site -> new Count());
    if (count.count == 0) {
      count.since = now;
    }
    count.until = now;
    count.count++;
    if (count.firsts.size() < MAX_ENDPOINTS) {
      count.firsts.putIfAbsent(delivery.endpoint(), delivery);
    }
  }

  /** Removes and returns the summaries that are due. */
  synchronized List<Summary> due(Instant now) {
    List<Summary> due = new ArrayList<>();
    counts.values().removeIf(count -> count.count == 0 && isOver(count, now));
    for (Count count : counts.values()) {
      if (count.count > 0 && isOver(count, now)) {
        List<Delivery> firsts = List.copyOf(count.firsts.values());
        due.add(new Summary(count.count, firsts, count.since, count.until));
        count.told = now;
        count.count = 0;
        count.firsts.clear();
      }
    }
    return due;
  }

  private static boolean isOver(Count count, Instant now) {
    // A clock that was set back must not prolong the pause.
    return count.told == null || now.isBefore(count.told) || !now.isBefore(count.told.plus(PAUSE));
  }
}
