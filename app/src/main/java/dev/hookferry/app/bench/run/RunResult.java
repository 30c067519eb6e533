package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.bench.figures.DeliveryTally;
import dev.hookferry.app.bench.figures.LatencyHistograms;
import dev.hookferry.app.bench.load.ReceivedEvents;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import org.HdrHistogram.Histogram;

/**
 * The result of one run.
 *
 * @param tally the verification of deliveries
 * @param replies the replies to the producers
 * @param arrivals the arrivals at the receivers
 * @param logged number of deliveries in the server's log; that of arrivals if it has no log
 * @param endMicros when everything was delivered and logged, in microseconds of Unix time
 */
public record RunResult(
    DeliveryTally tally, JsonNode replies, JsonNode arrivals, long logged, long endMicros) {

  /** Returns the deliveries expected from the acknowledged events. */
  public static BitSet expected(
      JsonNode replies, SubscriptionScheme scheme, ReceiverProfile profile) {
    BitSet events = bits(replies, "accepted");
    BitSet deliveries = new BitSet();
    for (int event = events.nextSetBit(0); event >= 0; event = events.nextSetBit(event + 1)) {
      if (scheme.fanout()) {
        deliveries.set(event * scheme.endpoints(), (event + 1) * scheme.endpoints());
      } else {
        deliveries.set(event);
      }
    }
    for (int i = deliveries.nextSetBit(0); i >= 0; i = deliveries.nextSetBit(i + 1)) {
      if (profile.hangs(i % scheme.endpoints())) {
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

  /** Returns deliveries per second, from the first publish to the last logged delivery. */
  public double perSecond() {
    return tally.delivered() / seconds();
  }

  double seconds() {
    return Math.max(1, endMicros - replies.path("firstMicros").asLong()) / 1e6;
  }

  /** Returns the number of accepted events. */
  public int accepted() {
    return bits(replies, "accepted").cardinality();
  }

  /** Returns events accepted per second during publishing. */
  double acceptedPerSecond() {
    long micros = replies.path("lastMicros").asLong() - replies.path("firstMicros").asLong();
    return accepted() / (Math.max(1, micros) / 1e6);
  }

  /** Returns deliveries per second during publishing, without its first fifth. */
  double steadyPerSecond() {
    long first = arrivals.path("firstMicros").asLong();
    long published = replies.path("lastMicros").asLong() - first;
    int until =
        (int) Math.min(published / ReceivedEvents.PIECE_MICROS, arrivals.path("curve").size());
    int from = until / 5;
    long sum = 0;
    for (int i = from; i < until; i++) {
      sum += arrivals.path("curve").path(i).asLong();
    }
    return until == from ? 0 : sum / ((until - from) * ReceivedEvents.PIECE_MICROS / 1e6);
  }

  /** Returns the time from the last accepted event to the last delivery. */
  double drainSeconds() {
    return Math.max(0, endMicros - replies.path("lastMicros").asLong()) / 1e6;
  }

  /** Returns a copy whose verification includes the order of events with the same key. */
  RunResult judgedByOrder() {
    DeliveryTally judged = tally.outOfOrder(arrivals.path("outOfOrder").asLong());
    return new RunResult(judged, replies, arrivals, logged, endMicros);
  }

  long refused() {
    return replies.path("refused").asLong();
  }

  private static Histogram histogram(JsonNode of, String name) {
    try {
      return LatencyHistograms.of(of.path(name).binaryValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the latency from an event's scheduled publish time to its arrival. */
  Histogram sincePublish() {
    return histogram(arrivals, "sincePublish");
  }

  /** Returns the latency from an event's scheduled publish time to the reply. */
  Histogram acceptedIn() {
    return histogram(replies, "acceptedIn");
  }

  /** Returns the latency from an event's scheduled publish time to its refusal with 503. */
  Histogram refusedIn() {
    return histogram(replies, "refusedIn");
  }

  /** Returns the number of 503 refusals without {@code Retry-After}. */
  long refusedWithoutTime() {
    return replies.path("refusedWithoutTime").asLong();
  }
}
