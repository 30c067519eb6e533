package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.load.BenchException;
import java.util.Locale;

/**
 * Span counts of runs in which every attempt is traced.
 *
 * @param deliveries the number of deliveries, of one attempt each
 * @param spans the number of spans that reached the collector
 */
record SpanTally(long deliveries, long spans) {
  /** No runs. */
  static final SpanTally NOTHING = new SpanTally(0, 0);

  SpanTally plus(SpanTally other) {
    return new SpanTally(deliveries + other.deliveries, spans + other.spans);
  }

  /**
   * Checks that tracing was on.
   *
   * @throws BenchException if no span reached the collector
   */
  void requireSpans() {
    if (spans == 0) {
      throw new BenchException(
          String.format(
              Locale.ROOT, "no span of %,d deliveries reached the collector", deliveries));
    }
  }

  /** Returns the number of spans that did not arrive. */
  long dropped() {
    return Math.max(0, deliveries - spans);
  }

  private double perEvent(int deliveriesPerEvent) {
    return spans * (double) deliveriesPerEvent / Math.max(1, deliveries);
  }

  /** Writes all figures to a JSON object. */
  void writeTo(ObjectNode node, int deliveriesPerEvent) {
    node.put("spans", spans);
    node.put("spansPerEvent", Rounded.of(perEvent(deliveriesPerEvent)));
    node.put("spansDropped", dropped());
  }

  /** Returns all figures as text. */
  String text(int deliveriesPerEvent) {
    return String.format(
        Locale.ROOT,
        "%.2f spans per event; %,d of %,d dropped",
        perEvent(deliveriesPerEvent),
        dropped(),
        deliveries);
  }
}
