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
 * Counts of a site or an endpoint for the charts of all spans. The newest counts are kept
 * separately while they belong to the same slot of every span. They are added to the spans when
 * that slot ends or the spans are read, so an attempt is counted once instead of once per span.
 * Thread-safe.
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
   * Creates an instance without counts.
   *
   * @param none creates empty counts in which to collect
   * @param slots returns the empty slots of a span; the slot length of {@link ChartSpan#HOUR} must
   *     divide the slot lengths of all other spans
   */
  SpanCounts(Supplier<C> none, Function<ChartSpan, SlotRing<C>> slots) {
    this.none = none;
    ChartSpan.ALL.forEach(span -> spans.put(span, slots.apply(span)));
    finest = slots(ChartSpan.HOUR);
  }

  /** Changes this process's counts at a moment. */
  synchronized void count(Instant moment, Consumer<C> change) {
    long slots = newest == null ? 1 : finest.distance(moment, at);
    if (slots == -1) {
      // Slow attempts end among those that began in the next slot. Do not settle each time.
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
   * Changes this process's counts at an earlier moment in every span that reaches back that far.
   *
   * @param now the time of the event that causes the change
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

  /** Records that the most recently collected counts of all spans are in the store. */
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
