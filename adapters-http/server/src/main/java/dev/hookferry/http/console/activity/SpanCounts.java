package dev.hookferry.http.console.activity;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts of a site or an endpoint for the charts of all spans. The newest ones are kept apart, as
 * long as they belong to the same slot of every span, and added to the spans when that slot ends or
 * they are read. So an attempt is counted once, and not once for each span. Thread-safe.
 *
 * @param <C> the counts of a slot
 */
final class SpanCounts<C> {
  private final Map<ChartSpan, SlotRing<C>> spans = new EnumMap<>(ChartSpan.class);
  private final SlotRing<C> finest;
  private final Supplier<C> none;
  private @Nullable C newest;

  /** The last moment of the newest counts. */
  private Instant at = Instant.EPOCH;

  /**
   * Creates it without counts.
   *
   * @param none makes the counts to gather in
   * @param slots returns the empty slots of a span; those of {@link ChartSpan#HOUR} must divide the
   *     slots of all others
   */
  SpanCounts(Supplier<C> none, Function<ChartSpan, SlotRing<C>> slots) {
    this.none = none;
    ChartSpan.ALL.forEach(span -> spans.put(span, slots.apply(span)));
    finest = slots(ChartSpan.HOUR);
  }

  /** Changes this process's counts of a moment. */
  synchronized void count(Instant moment, Consumer<C> change) {
    long slots = newest == null ? 1 : finest.distance(moment, at);
    if (slots == -1) {
      // Slow attempts end alongside those that began in the next slot: do not settle each time.
      spans.values().forEach(ring -> ring.change(moment, change));
      return;
    }
    C counts = newest;
    if (counts == null || slots != 0) {
      settle();
      counts = none.get();
      newest = counts;
      at = moment;
    } else if (moment.isAfter(at)) {
      at = moment;
    }
    change.accept(counts);
  }

  /**
   * Changes this process's counts of an earlier moment in every span that reaches back to it.
   *
   * @param now when the change was caused
   */
  synchronized void revise(Instant moment, Instant now, Consumer<C> change) {
    spans.values().forEach(ring -> ring.revise(moment, now, change));
  }

  /** Reads the slots of a span under the lock of these counts. */
  synchronized <T> T read(ChartSpan span, Function<SlotRing<C>, T> reading) {
    settle();
    return reading.apply(slots(span));
  }

  /** Replaces or adds counts of other processes or earlier runs in the slots of a span. */
  synchronized void update(ChartSpan span, Consumer<SlotRing<C>> change) {
    change.accept(slots(span));
  }

  /** Notes that the store has the counts of all spans that were collected last. */
  synchronized void written() {
    spans.values().forEach(SlotRing::written);
  }

  /** Returns whether the store has all counts of this process. */
  synchronized boolean isWritten() {
    return newest == null && spans.values().stream().allMatch(SlotRing::isWritten);
  }

  private void settle() {
    C counts = newest;
    if (counts != null) {
      spans.values().forEach(slots -> slots.count(at, counts));
      newest = null;
    }
  }

  private SlotRing<C> slots(ChartSpan span) {
    return Objects.requireNonNull(spans.get(span));
  }
}
