package dev.hookferry.auditor;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.limit.SendRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Rates: no process sends an endpoint more than its rate at any time, nor do all of them together
 * while nothing disturbs them. Looks at every window of ten seconds.
 *
 * @param rates the rates of the endpoints that have one
 * @param retried deliveries that somebody retried by hand, which rates do not hold up
 * @param settled when all processes know of each other
 */
public record RateCheck(Map<EndpointId, SendRate> rates, Set<DeliveryId> retried, Instant settled) {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  /**
   * Returns what does not agree.
   *
   * @param disturbances what may have kept processes from knowing of each other
   */
  public List<String> judge(List<Arrived> arrived, List<Disturbance> disturbances) {
    List<String> objections = new ArrayList<>();
    Map<EndpointId, List<Arrived>> all = new TreeMap<>(Comparator.comparing(EndpointId::value));
    for (Arrived request : arrived) {
      if (rates.containsKey(request.endpoint()) && !retried.contains(request.delivery())) {
        all.computeIfAbsent(request.endpoint(), k -> new ArrayList<>()).add(request);
      }
    }
    all.forEach(
        (endpoint, requests) -> judge(rates.get(endpoint), requests, disturbances, objections));
    return objections;
  }

  private void judge(
      SendRate rate,
      List<Arrived> requests,
      List<Disturbance> disturbances,
      List<String> objections) {
    double perSecond = rate.averagePerSecond();
    double inWindow = perSecond * WINDOW.toSeconds();
    // Two steps of a twentieth of a second may have been saved up, and clocks are read in between.
    double one = inWindow + 2 * Math.max(1, perSecond / 20) + 2;
    // One second's worth is what a change in the number of processes may cost.
    double together = inWindow + Math.max(1, perSecond) + 4;
    requests.sort(Comparator.comparing(Arrived::begun));
    Map<String, Deque<Instant>> bySender = new TreeMap<>();
    Deque<Instant> last = new ArrayDeque<>();
    for (Arrived request : requests) {
      Deque<Instant> mine =
          bySender.computeIfAbsent(request.sender(), sender -> new ArrayDeque<>());
      if (added(mine, request.begun()) > one) {
        objections.add(request.sender() + " sent more than " + rate + " until " + request.begun());
      }
      if (added(last, request.begun()) > together && isQuiet(request.begun(), disturbances)) {
        objections.add("together more than " + rate + " were sent until " + request.begun());
      }
    }
  }

  /** Returns the number of requests in the window that ends now. */
  private static int added(Deque<Instant> window, Instant now) {
    window.addLast(now);
    while (!window.element().isAfter(now.minus(WINDOW))) {
      window.remove();
    }
    return window.size();
  }

  private boolean isQuiet(Instant until, List<Disturbance> disturbances) {
    Instant from = until.minus(WINDOW);
    return from.isAfter(settled)
        && disturbances.stream().noneMatch(disturbed -> disturbed.touches(from, until));
  }
}
