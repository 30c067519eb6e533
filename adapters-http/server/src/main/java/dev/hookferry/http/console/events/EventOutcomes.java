package dev.hookferry.http.console.events;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EventType;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The deliveries of an event by state, for a list of events.
 *
 * @param parts the states, worst first; all states of unsent deliveries are combined into one
 * @param states the number in each state, for a tooltip
 */
public record EventOutcomes(List<Part> parts, String states) {
  private static final List<String> WORST_FIRST = List.of("bad", "wait", "rest", "good");

  /** Label for deliveries still to be sent, if others have ended. */
  private static final StatePill WAITING = new StatePill("wait", "waiting", StatePill.CLOCK);

  public EventOutcomes {
    parts = List.copyOf(parts);
  }

  /** The number of an event's deliveries with the same pill. */
  public record Part(StatePill pill, int count) {
    /** Returns the number as text. */
    public String counted() {
      return NumberText.of(count);
    }

    private Part and(Part other) {
      return new Part(pill, count + other.count);
    }
  }

  /**
   * Returns the outcomes of an event, from its type and the number of its deliveries in each state.
   */
  static EventOutcomes of(Map<DeliveryState, Integer> counts, EventType type) {
    boolean isOne = counts.size() == 1;
    Map<String, Part> parts = new LinkedHashMap<>();
    counts.forEach(
        (state, count) -> {
          StatePill pill = isOne || !isToBeSent(state) ? StatePill.of(state, type) : WAITING;
          parts.merge(pill.word(), new Part(pill, count), Part::and);
        });
    return new EventOutcomes(
        parts.values().stream()
            .sorted(Comparator.comparingInt(part -> WORST_FIRST.indexOf(part.pill().tone())))
            .toList(),
        counts.entrySet().stream()
            .map(one -> one.getValue() + " " + StatePill.of(one.getKey(), type).word())
            .collect(Collectors.joining(", ")));
  }

  private static boolean isToBeSent(DeliveryState state) {
    return state == DeliveryState.PENDING
        || state == DeliveryState.HELD
        || state == DeliveryState.WAITING;
  }

  /** Returns the worst of several states. */
  public Part worst() {
    return parts.get(0);
  }

  /** Returns the other states. */
  public List<Part> others() {
    return parts.subList(1, parts.size());
  }

  /** Returns whether the event has no deliveries. */
  public boolean isNone() {
    return parts.isEmpty();
  }

  /** Returns whether all deliveries have the same state. */
  public boolean isUniform() {
    return parts.size() == 1;
  }

  /** Returns the number of all deliveries, as text. */
  public String all() {
    return NumberText.of(parts.stream().mapToInt(Part::count).sum());
  }
}
