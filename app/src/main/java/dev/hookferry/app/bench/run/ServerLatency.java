package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.load.PublishTarget;
import dev.hookferry.app.bench.load.ServerMetrics;
import dev.hookferry.app.bench.load.ServerUnderTest;
import java.util.Map;
import java.util.TreeMap;

/**
 * The server's histogram of the time from accepting an event to its first attempt, as the
 * difference of two metric samples. Both times come from one clock, so a database's clock does not
 * matter; values within a bucket are interpolated.
 *
 * @param upTo the cumulative count for each upper bound in seconds
 */
public record ServerLatency(Map<Double, Double> upTo) {
  private static final String NAME = "hookferry_accept_to_attempt_seconds_bucket";

  /** Returns the histogram since the server's start. */
  public static ServerLatency of(ServerMetrics metrics) {
    Map<Double, Double> counts = new TreeMap<>();
    for (Map.Entry<String, Double> bucket : metrics.by(NAME, "le").entrySet()) {
      boolean last = bucket.getKey().equals("+Inf");
      double bound = last ? Double.POSITIVE_INFINITY : Double.parseDouble(bucket.getKey());
      counts.put(bound, bucket.getValue());
    }
    return new ServerLatency(counts);
  }

  /** Returns the combined histogram of several servers. */
  public static ServerLatency of(PublishTarget target) {
    ServerLatency sum = new ServerLatency(Map.of());
    for (ServerUnderTest server : target.servers()) {
      sum = sum.plus(of(server.metrics()), 1);
    }
    return sum;
  }

  /** Returns the difference from an earlier sample. */
  public ServerLatency since(ServerLatency earlier) {
    return plus(earlier, -1);
  }

  /** Returns a percentile in milliseconds; 0 if empty. */
  public double millis(double percentile) {
    double total = upTo.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
    double sought = total * percentile / 100;
    double below = 0;
    double from = 0;
    for (Map.Entry<Double, Double> bucket : upTo.entrySet()) {
      double to = bucket.getKey();
      double count = bucket.getValue();
      if (count >= sought && count > below) {
        double end = Double.isInfinite(to) ? from : to;
        return 1000 * (from + (end - from) * (sought - below) / (count - below));
      }
      below = count;
      from = to;
    }
    return 0;
  }

  void writeTo(ObjectNode node) {
    for (int percentile : new int[] {50, 90, 99}) {
      node.put("p" + percentile, Rounded.of(millis(percentile)));
    }
  }

  private ServerLatency plus(ServerLatency other, int sign) {
    Map<Double, Double> counts = new TreeMap<>(upTo);
    other.upTo.forEach((bound, count) -> counts.merge(bound, sign * count, Double::sum));
    return new ServerLatency(counts);
  }
}
