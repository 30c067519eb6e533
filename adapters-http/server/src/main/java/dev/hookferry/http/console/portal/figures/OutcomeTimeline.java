package dev.hookferry.http.console.portal.figures;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.activity.EndpointHistory;
import dev.hookferry.http.console.activity.EndpointHistory.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The deliveries to an endpoint over time, by their current outcome: each counts once, in the part
 * of its first attempt, or of its creation as long as there was none.
 */
record OutcomeTimeline(List<Outcomes> slots) {
  /** Deliveries of one part of the time. */
  record Outcomes(int delivered, int pending, int failed) {
    static final Outcomes NONE = new Outcomes(0, 0, 0);

    int all() {
      return delivered + pending + failed;
    }

    Outcomes and(Outcomes more) {
      return new Outcomes(delivered + more.delivered, pending + more.pending, failed + more.failed);
    }
  }

  /**
   * Returns the deliveries of a history.
   *
   * @param open the deliveries that have not ended
   */
  static OutcomeTimeline of(EndpointHistory history, List<Delivery> open) {
    int[] notDelivered = missed(history.slots());
    int[] missed = notDelivered.clone();
    int[] pending = new int[missed.length];
    for (Delivery one : oldestFirst(open)) {
      int slot = slot(history, one.createdAt());
      if (one.attempts() > 0) {
        int first = Math.max(0, slot);
        while (first < missed.length && missed[first] == 0) {
          first++;
        }
        if (first < missed.length) {
          missed[first]--;
          pending[first]++;
        }
      } else if (slot >= 0) {
        pending[slot]++;
      }
    }
    List<Outcomes> slots = new ArrayList<>();
    for (int i = 0; i < missed.length; i++) {
      int delivered = Math.max(0, history.slots().get(i).events() - notDelivered[i]);
      slots.add(new Outcomes(delivered, pending[i], missed[i]));
    }
    return new OutcomeTimeline(List.copyOf(slots));
  }

  /** Returns those that are not stuck: one that blocks its ordering key has failed. */
  private static List<Delivery> oldestFirst(List<Delivery> open) {
    return open.stream()
        .filter(one -> one.state() != DeliveryState.BLOCKED)
        .sorted(Comparator.comparing(Delivery::createdAt))
        .toList();
  }

  /**
   * Returns the deliveries whose first attempt failed and that were not delivered since. A recovery
   * is counted when it happens, so it is offset against the latest earlier failure.
   */
  private static int[] missed(List<Slot> slots) {
    int[] missed = slots.stream().mapToInt(Slot::undelivered).toArray();
    for (int i = 0; i < missed.length; i++) {
      for (int before = i - 1; before >= 0 && missed[i] < 0; before--) {
        int offset = Math.min(-missed[i], missed[before]);
        missed[i] += offset;
        missed[before] -= offset;
      }
      missed[i] = Math.max(0, missed[i]);
    }
    return missed;
  }

  /** Returns the index of the part that a time lies in; -1 if it is before the first. */
  private static int slot(EndpointHistory history, Instant time) {
    Instant first = history.slots().get(0).from();
    if (time.isBefore(first)) {
      return -1;
    }
    long index = Duration.between(first, time).dividedBy(history.step());
    return (int) Math.min(index, history.slots().size() - 1L);
  }

  Outcomes sum() {
    return slots.stream().reduce(Outcomes.NONE, Outcomes::and);
  }

  /** Returns the same in longer parts, of which the first may be shorter than the others. */
  OutcomeTimeline folded(int count) {
    List<Outcomes> longer = new ArrayList<>();
    for (int end = slots.size(); end > 0; end -= count) {
      longer.add(
          slots.subList(Math.max(0, end - count), end).stream()
              .reduce(Outcomes.NONE, Outcomes::and));
    }
    Collections.reverse(longer);
    return new OutcomeTimeline(longer);
  }
}
