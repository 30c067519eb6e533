package dev.hookferry.http.console.deliveries;

import dev.hookferry.Deliveries;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.list.WindowDeliveries;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.replay.ReplayJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Summary of the outcomes of all deliveries in a replay's period. Used if the replay's own
 * deliveries cannot be told apart from others.
 */
final class PeriodOutcomes {
  private static final String WAITING = "waiting";

  /** The labels of the outcomes, those that need attention first. */
  private static final List<String> ORDER =
      List.of(
          StatePill.GIVEN_UP,
          DeliveryState.BLOCKED.code(),
          WAITING,
          DeliveryState.CANCELLED.code(),
          DeliveryState.DELIVERED.code());

  private PeriodOutcomes() {}

  /**
   * Returns the summary as sentences, such as {@code Of the 232 deliveries of this period, 190 are
   * given up now (most often HTTP 401), and 42 are delivered}; empty if there are none.
   */
  static String text(ReplayJob job, WindowDeliveries window, Deliveries deliveries) {
    List<Delivery> all = window.all();
    if (all.isEmpty()) {
      return "";
    }
    Map<String, List<Delivery>> byWord =
        all.stream().collect(Collectors.groupingBy(one -> word(one.state())));
    List<String> parts = new ArrayList<>();
    for (String word : ORDER) {
      List<Delivery> some = byWord.getOrDefault(word, List.of());
      if (!some.isEmpty()) {
        boolean isAll = some.size() == all.size();
        parts.add(
            (isAll ? "" : NumberText.of(some.size()) + " ")
                + (some.size() == 1 ? "is " : "are ")
                + word
                + (parts.isEmpty() ? " now" : "")
                + (word.equals(StatePill.GIVEN_UP) ? causes(job, some, deliveries) : ""));
      }
    }
    boolean hasOthers = all.size() > job.progress().sent();
    return sentence(all.size(), parts)
        + (hasOthers ? " Not all of them were sent by this replay." : "");
  }

  private static String sentence(int all, List<String> parts) {
    if (parts.size() == 1) {
      return (all == 1 ? "The delivery" : "All " + NumberText.of(all) + " deliveries")
          + " of this period "
          + parts.get(0)
          + ".";
    }
    List<String> first = parts.subList(0, parts.size() - 1);
    return "Of the "
        + NumberText.of(all)
        + " deliveries of this period, "
        + String.join(", ", first)
        + ", and "
        + parts.get(parts.size() - 1)
        + ".";
  }

  private static String causes(ReplayJob job, List<Delivery> givenUp, Deliveries deliveries) {
    Map<String, Long> causes =
        ReplayOutcomes.lastAttempts(job, givenUp, deliveries).stream()
            .map(Attempt::outcome)
            .collect(Collectors.groupingBy(ReplayOutcomes::cause, Collectors.counting()));
    return causes.isEmpty()
        ? ""
        : " (" + ReplayOutcomes.mostFrequentText(ReplayOutcomes.byNumber(causes)) + ")";
  }

  private static String word(DeliveryState state) {
    return switch (state) {
      case EXHAUSTED, POISONED -> StatePill.GIVEN_UP;
      case PENDING, HELD, WAITING -> WAITING;
      case BLOCKED, CANCELLED, DELIVERED -> state.code();
    };
  }
}
