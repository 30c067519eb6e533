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
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The deliveries to an endpoint over time, by their current outcome. Each counts once, in the slot
 * of its first attempt, or of its creation until it is attempted.
 */
record OutcomeTimeline(List<Outcomes> slots) {
  /** Deliveries in one slot of time. */
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
   * Returns the deliveries of a history. The deliveries that are known not to have arrived are
   * counted as such, even if the history offsets them against recoveries of others.
   *
   * @param open the unfinished deliveries
   * @param ended the deliveries that have failed
   */
  static OutcomeTimeline of(EndpointHistory history, List<Delivery> open, List<Delivery> ended) {
    int[] missed = missed(history.slots());
    int[] delivered = new int[missed.length];
    for (int i = 0; i < missed.length; i++) {
      delivered[i] = Math.max(0, history.slots().get(i).events() - missed[i]);
    }
    int[] failed = new int[missed.length];
    int[] pending = new int[missed.length];
    Stream<Delivery> blocked = open.stream().filter(OutcomeTimeline::isBlocked);
    for (Delivery one : oldestFirst(Stream.concat(ended.stream(), blocked))) {
      int slot = slot(history, one.createdAt());
      if (slot >= 0) {
        failed[take(one, slot, missed, delivered)]++;
      }
    }
    List<Delivery> waiting =
        oldestFirst(open.stream().filter(Predicate.not(OutcomeTimeline::isBlocked)));
    for (Delivery one : waiting) {
      int slot = slot(history, one.createdAt());
      if (slot >= 0) {
        pending[take(one, slot, missed, delivered)]++;
      }
    }
    for (Delivery one : waiting) {
      // The first attempt of deliveries created earlier may be in the range.
      boolean isEarlier = one.attempts() > 0 && slot(history, one.createdAt()) < 0;
      int first = isEarlier ? first(missed, 0) : -1;
      if (first >= 0) {
        missed[first]--;
        pending[first]++;
      }
    }
    List<Outcomes> slots = new ArrayList<>();
    for (int i = 0; i < missed.length; i++) {
      slots.add(new Outcomes(delivered[i], pending[i], failed[i] + missed[i]));
    }
    return new OutcomeTimeline(List.copyOf(slots));
  }

  /** Returns whether a delivery blocks its ordering key, which means that it has failed. */
  private static boolean isBlocked(Delivery one) {
    return one.state() == DeliveryState.BLOCKED;
  }

  private static List<Delivery> oldestFirst(Stream<Delivery> some) {
    return some.sorted(Comparator.comparing(Delivery::createdAt)).toList();
  }

  /**
   * Subtracts an undelivered delivery from those whose first attempt failed, or, if all of these
   * are offset, from those counted as delivered.
   *
   * @param slot the slot in which it was created
   * @return the slot in which it counts
   */
  private static int take(Delivery one, int slot, int[] missed, int[] delivered) {
    if (one.attempts() == 0) {
      return slot;
    }
    int[] from = first(missed, slot) >= 0 ? missed : delivered;
    int first = first(from, slot);
    if (first < 0) {
      return slot;
    }
    from[first]--;
    return first;
  }

  /** Returns the index of the first positive count from an index on; -1 if there is none. */
  private static int first(int[] counts, int from) {
    return IntStream.range(from, counts.length).filter(i -> counts[i] > 0).findFirst().orElse(-1);
  }

  /**
   * Returns the deliveries whose first attempt failed and that were not delivered since. A recovery
   * whose first attempt has been forgotten may be counted in an earlier or later slot, so it is
   * offset against the latest earlier failure.
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

  /**
   * Returns the index of the slot that contains a time; -1 if the time is before the first slot.
   */
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

  /** Merges every {@code count} slots into one. The first may cover fewer. */
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
