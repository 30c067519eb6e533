package dev.hookferry.http.console.list;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.observe.DeliveryReason;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Conditions of endpoints that keep deliveries of a list waiting. They are said once above the
 * list, so that its rows say only what is theirs.
 *
 * @param all the conditions, those of most deliveries first
 */
public record EndpointConditions(List<SharedCondition> all) {
  private static final int MAX = 4;
  private static final Pattern DUE = Pattern.compile("^due now, ");
  private static final Pattern RATE = Pattern.compile("^waits for the limit of ");
  private static final Pattern HELD = Pattern.compile("^on hold: (endpoint )?");
  private static final Pattern FAILURES = Pattern.compile(" after ([0-9,]+) consecutive failures$");

  /**
   * A condition that one endpoint is in, or several.
   *
   * @param endpoint the endpoint's id; empty if there are several
   * @param name its name, or their number
   * @param look its state
   * @param words the condition without the state; empty if the state says it
   * @param count number of deliveries in the list that it keeps waiting
   */
  public record SharedCondition(
      String endpoint, String name, StatePill look, String words, int count) {
    /** Returns the number of deliveries with its noun. */
    public String counted() {
      return count == 1 ? "1 delivery below" : NumberText.of(count) + " deliveries below";
    }

    /** Returns the words for one line: without what the whole text in its tooltip adds. */
    public String brief() {
      return FAILURES
          .matcher(words.replace(" because of its last response", ""))
          .replaceFirst(" ($1 failures)");
    }

    /** Returns all of it, for a tooltip. */
    public String whole() {
      return name + (words.isEmpty() ? "" : ": " + words) + " (" + counted() + ")";
    }

    private SharedCondition and(SharedCondition other) {
      return new SharedCondition(endpoint, name, look, words, count + other.count);
    }

    /** Returns a copy that says since when, if nothing else is said. */
    private SharedCondition since(@Nullable Instant since) {
      if (since == null || !words.isEmpty()) {
        return this;
      }
      String begin = "since " + DisplayTime.of(since, since).minute();
      return new SharedCondition(endpoint, name, look, begin, count);
    }

    private String key() {
      return look.word() + " " + words;
    }
  }

  /** Returns the conditions of a page of deliveries. */
  public static EndpointConditions of(List<Delivery> page, EndpointList targets) {
    Map<Endpoint, SharedCondition> found = new LinkedHashMap<>();
    for (Delivery delivery : page) {
      DeliveryReason reason = targets.reason(delivery);
      if (isOfEndpoint(delivery, reason)) {
        targets
            .find(delivery.endpoint())
            .ifPresent(
                one -> found.merge(one, condition(one, reason, targets), SharedCondition::and));
      }
    }
    Map<String, Map<Endpoint, SharedCondition>> alike = new LinkedHashMap<>();
    found.forEach(
        (endpoint, one) ->
            alike.computeIfAbsent(one.key(), key -> new LinkedHashMap<>()).put(endpoint, one));
    return new EndpointConditions(
        alike.values().stream()
            .map(EndpointConditions::together)
            .sorted(Comparator.comparingInt(SharedCondition::count).reversed())
            .toList());
  }

  /** Endpoints in the same condition, such as those of a site that is switched off, are one. */
  private static SharedCondition together(Map<Endpoint, SharedCondition> alike) {
    SharedCondition all = alike.values().stream().reduce(SharedCondition::and).orElseThrow();
    return alike.size() == 1
        ? all.since(alike.keySet().iterator().next().status().since())
        : new SharedCondition(
            "", NumberText.of(alike.size()) + " endpoints", all.look(), all.words(), all.count());
  }

  /** Returns whether nothing but the state of its endpoint keeps a delivery waiting. */
  public static boolean isOfEndpoint(Delivery delivery, DeliveryReason reason) {
    boolean isOpen =
        delivery.state() == DeliveryState.PENDING || delivery.state() == DeliveryState.HELD;
    return isOpen && !reason.isToldByTime() && !reason.isIsolated();
  }

  private static SharedCondition condition(
      Endpoint one, DeliveryReason reason, EndpointList targets) {
    StatePill look = targets.look(one);
    String words = DUE.matcher(reason.text()).replaceFirst("");
    words = RATE.matcher(HELD.matcher(words).replaceFirst("")).replaceFirst("limited to ");
    if (words.equals(look.word())) {
      words = "";
    } else if (words.startsWith(look.word())) {
      words = words.substring(look.word().length()).replaceFirst("^:? ", "");
    }
    return new SharedCondition(one.id().toString(), one.name(), look, words, 1);
  }

  /** Returns those that are shown at once. */
  public List<SharedCondition> first() {
    return all.stream().limit(MAX).toList();
  }

  /** Returns the others. */
  public List<SharedCondition> further() {
    return all.stream().skip(MAX).toList();
  }
}
