package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.bench.figures.LatencyHistograms;
import dev.hookferry.app.bench.figures.PromiseTally;
import dev.hookferry.app.bench.load.ReceivedEvents;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import org.HdrHistogram.Histogram;

/**
 * What came of one run.
 *
 * @param tally what was acknowledged, what arrived
 * @param answers what the producers got
 * @param arrivals what the receivers saw
 * @param logged deliveries that the server wrote into its log; the arrived ones where it has none
 * @param endMicros when all was delivered and logged
 */
public record RunResult(
    PromiseTally tally, JsonNode answers, JsonNode arrivals, long logged, long endMicros) {

  /** Which deliveries the acknowledged events must make. */
  public static BitSet expected(
      JsonNode answers, SubscriptionScheme scheme, ReceiverProfile habit) {
    BitSet events = bits(answers, "accepted");
    BitSet deliveries = new BitSet();
    for (int event = events.nextSetBit(0); event >= 0; event = events.nextSetBit(event + 1)) {
      if (scheme.fanout()) {
        deliveries.set(event * scheme.endpoints(), (event + 1) * scheme.endpoints());
      } else {
        deliveries.set(event);
      }
    }
    for (int i = deliveries.nextSetBit(0); i >= 0; i = deliveries.nextSetBit(i + 1)) {
      if (habit.hangs(i % scheme.endpoints())) {
        deliveries.clear(i);
      }
    }
    return deliveries;
  }

  public static BitSet bits(JsonNode node, String name) {
    try {
      return BitSet.valueOf(node.path(name).binaryValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deliveries in a second, from the first event published to the last delivery logged. */
  public double perSecond() {
    return tally.delivered() / seconds();
  }

  double seconds() {
    return Math.max(1, endMicros - answers.path("firstMicros").asLong()) / 1e6;
  }

  /** Events accepted in a second while they were published. */
  double acceptedPerSecond() {
    long micros = answers.path("lastMicros").asLong() - answers.path("firstMicros").asLong();
    return bits(answers, "accepted").cardinality() / (Math.max(1, micros) / 1e6);
  }

  /** Deliveries in a second while events were published, its first fifth left out. */
  double steadyPerSecond() {
    long first = arrivals.path("firstMicros").asLong();
    long published = answers.path("lastMicros").asLong() - first;
    int until =
        (int) Math.min(published / ReceivedEvents.PIECE_MICROS, arrivals.path("curve").size());
    int from = until / 5;
    long sum = 0;
    for (int i = from; i < until; i++) {
      sum += arrivals.path("curve").path(i).asLong();
    }
    return until == from ? 0 : sum / ((until - from) * ReceivedEvents.PIECE_MICROS / 1e6);
  }

  /** How long the last deliveries took after the last event was accepted. */
  double drainSeconds() {
    return Math.max(0, endMicros - answers.path("lastMicros").asLong()) / 1e6;
  }

  long refused() {
    return answers.path("refused").asLong();
  }

  private static Histogram histogram(JsonNode of, String name) {
    try {
      return LatencyHistograms.of(of.path(name).binaryValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From the time when an event was to be published until its request reached the receiver. */
  Histogram sincePublish() {
    return histogram(arrivals, "sincePublish");
  }

  /** From the time when an event was to be published until the producer had the answer. */
  Histogram acceptedIn() {
    return histogram(answers, "acceptedIn");
  }

  /** From the time when an event was to be published until it was refused with 503. */
  Histogram refusedIn() {
    return histogram(answers, "refusedIn");
  }

  /** Refusals with 503 that did not say when to come again. */
  long refusedWithoutTime() {
    return answers.path("refusedWithoutTime").asLong();
  }
}
