package dev.hookferry.app.bench.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.LatencyHistograms;
import dev.hookferry.app.bench.wire.EventMark;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.util.Arrays;
import java.util.BitSet;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Records the arrivals of one run. Not thread-safe. */
public final class ReceivedEvents {
  /** The duration of one bucket of the arrival curve. */
  public static final long PIECE_MICROS = 100_000;

  private static final int MAX_CURVE_LENGTH = 36_000;

  private final int run;
  private final SubscriptionScheme scheme;
  private final BitSet seen = new BitSet();
  private final Histogram sincePublish = LatencyHistograms.empty();
  private final int[] lastOfKey;
  private int[] curve = new int[64];
  private long firstMicros;
  private long lastMicros;
  private int arrived;
  private int duplicates;
  private int outOfOrder;
  private int unexpected;

  public ReceivedEvents(int run, SubscriptionScheme scheme) {
    this.run = run;
    this.scheme = scheme;
    lastOfKey = new int[scheme.keys()];
  }

  /**
   * Records an arrival.
   *
   * @param endpoint the endpoint that received it
   * @param mark the mark it carried, or null if there was none
   */
  public void add(int endpoint, @Nullable EventMark mark, long nowMicros) {
    int delivery =
        mark == null || mark.run() != run ? -1 : scheme.delivery(mark.number(), endpoint);
    if (mark == null || delivery < 0) {
      unexpected++;
      return;
    }
    if (seen.get(delivery)) {
      duplicates++;
      return;
    }
    seen.set(delivery);
    arrived++;
    if (scheme.keys() > 0) {
      keepOrder(mark.number());
    }
    firstMicros = arrived == 1 ? nowMicros : firstMicros;
    lastMicros = nowMicros;
    LatencyHistograms.record(sincePublish, nowMicros - mark.sentMicros());
    int piece = (int) Math.min((nowMicros - firstMicros) / PIECE_MICROS, MAX_CURVE_LENGTH);
    if (piece >= curve.length) {
      curve = Arrays.copyOf(curve, Math.max(piece + 1, curve.length * 2));
    }
    curve[Math.max(0, piece)]++;
  }

  /** Counts an event as out of order if a later one with its ordering key arrived before it. */
  private void keepOrder(int event) {
    int key = scheme.keyOf(event);
    outOfOrder += event < lastOfKey[key] ? 1 : 0;
    lastOfKey[key] = Math.max(event, lastOfKey[key]);
  }

  /** Writes only the counts. */
  void count(ObjectNode target) {
    target.put("arrived", arrived).put("duplicates", duplicates).put("unexpected", unexpected);
    target.put("outOfOrder", outOfOrder);
  }

  /** Writes the counts, times, latencies and the arrival curve. */
  public void report(ObjectNode target) {
    count(target);
    target.put("firstMicros", firstMicros).put("lastMicros", lastMicros);
    target.put("seen", seen.toByteArray());
    target.put("sincePublish", LatencyHistograms.bytes(sincePublish));
    var pieces = target.putArray("curve");
    int last = arrived == 0 ? 0 : (int) ((lastMicros - firstMicros) / PIECE_MICROS) + 1;
    Arrays.stream(curve, 0, Math.min(last, curve.length)).forEach(pieces::add);
  }
}
