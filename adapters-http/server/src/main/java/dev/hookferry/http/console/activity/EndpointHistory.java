package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.words.NumberText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries to an endpoint in a span of time.
 *
 * @param slots the parts of the span, oldest first, empty ones included
 * @param codes attempts by response, the most frequent first
 * @param types attempts by event type, the most frequent first
 */
public record EndpointHistory(
    ChartSpan span, List<Slot> slots, List<Part> codes, List<Part> types) {
  /** Number of bars in a sparkline. */
  public static final int SEVEN = 7;

  /**
   * One part of the span.
   *
   * @param number index of the slot, counted from the epoch
   * @param events deliveries that were attempted for the first time
   * @param delivered successful attempts
   * @param failed failed attempts
   * @param undelivered deliveries whose first attempt failed and that have not recovered
   */
  public record Slot(
      Instant from, long number, int events, int delivered, int failed, int undelivered) {
    /** Returns the number of attempts. */
    public int attempts() {
      return delivered + failed;
    }

    Slot and(Slot next) {
      return new Slot(
          from,
          number,
          events + next.events,
          delivered + next.delivered,
          failed + next.failed,
          undelivered + next.undelivered);
    }
  }

  /**
   * Attempts that have something in common.
   *
   * @param all their number
   * @param failed how many of them failed
   */
  public record Part(String name, int all, int failed) {
    /** Returns the sum with another part of the same name. */
    Part and(Part more) {
      return new Part(name, all + more.all, failed + more.failed);
    }

    /** Returns the number of attempts, such as {@code 1,024}. */
    public String count() {
      return NumberText.of(all);
    }

    /** Returns the name for display. */
    public String words() {
      return OutcomeKind.fromCode(name)
          .map(kind -> StatePill.of(kind).word())
          .orElseGet(() -> name.replace('_', ' '));
    }

    /** Returns whether the name is an HTTP status, by which deliveries can be filtered. */
    public boolean isStatus() {
      return name.matches("[1-5][0-9][0-9]");
    }

    /** Returns whether this part combines everything beyond the maximum number of names. */
    public boolean isOther() {
      return name.equals(EndpointCounts.OTHER);
    }

    /** Returns the number and share of failed attempts, such as {@code 12 (2.5%)}. */
    public String failures() {
      return NumberText.of(failed) + " (" + failing() + ")";
    }

    /** Returns the share of failed attempts, such as {@code 2.5%}; empty if none failed. */
    public String failing() {
      return failed == 0 ? "" : new FailureShare(failed, all).percent();
    }
  }

  static EndpointHistory of(ChartSpan span, List<SlotRing.Sum<EndpointCounts>> sums) {
    EndpointCounts all = new EndpointCounts();
    List<Slot> slots = new ArrayList<>();
    for (SlotRing.Sum<EndpointCounts> sum : sums) {
      EndpointCounts counts = sum.counts();
      slots.add(slot(sum, counts));
      if (counts != null) {
        all.addAll(counts);
      }
    }
    return new EndpointHistory(span, slots, parts(all.codes()), parts(all.types()));
  }

  private static Slot slot(SlotRing.Sum<EndpointCounts> sum, @Nullable EndpointCounts counts) {
    if (counts == null) {
      return new Slot(sum.from(), sum.number(), 0, 0, 0, 0);
    }
    EndpointCounts.Sent sent = counts.sent();
    return new Slot(
        sum.from(),
        sum.number(),
        counts.events(),
        sent.all() - sent.failed(),
        sent.failed(),
        counts.undelivered());
  }

  private static List<Part> parts(Map<String, EndpointCounts.Sent> counts) {
    return counts.entrySet().stream()
        .map(one -> new Part(one.getKey(), one.getValue().all(), one.getValue().failed()))
        .sorted((one, other) -> Integer.compare(other.all(), one.all()))
        .toList();
  }

  /** Returns the share of deliveries that failed. */
  public FailureShare share() {
    return FailureShare.of(sum(Slot::delivered), sum(Slot::undelivered));
  }

  /** Returns the share of attempts that failed. */
  public FailureShare errors() {
    return new FailureShare(sum(Slot::failed), attempts());
  }

  /** Returns the number of attempts. */
  public int attempts() {
    return sum(Slot::attempts);
  }

  /** Returns the sum of a count over the span. */
  public int sum(ToIntFunction<Slot> count) {
    return slots.stream().mapToInt(count).sum();
  }

  /** Returns the length of a slot. */
  public Duration step() {
    return Duration.between(slots.get(0).from(), slots.get(1).from());
  }

  /** Returns the span in seven parts for a sparkline; the first and the last may be shorter. */
  public List<Slot> seven() {
    List<Slot> seven = new ArrayList<>();
    long last = Long.MIN_VALUE;
    for (Slot slot : slots) {
      long number = Math.floorDiv(slot.number(), (long) span.fold());
      if (number == last) {
        seven.set(seven.size() - 1, seven.get(seven.size() - 1).and(slot));
      } else {
        seven.add(slot);
      }
      last = number;
    }
    return seven;
  }

  /** Returns the number of attempts, such as {@code 1,024}. */
  public String total() {
    return NumberText.of(attempts());
  }
}
