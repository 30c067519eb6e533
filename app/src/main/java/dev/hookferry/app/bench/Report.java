package dev.hookferry.app.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The figures of a measurement, for people and for programs. Not thread-safe. */
public final class Report {
  private final ObjectNode json = Dialogue.JSON.createObjectNode();
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Histogram> pictures = new LinkedHashMap<>();
  private Tally tally = Tally.NOTHING;

  Report() {}

  /** Where and with what. */
  void about(Machine machine, Plan plan, StoreAccess store) {
    json.put("store", store.kind());
    machine.into(json);
    plan.scheme().into(json).put("clients", plan.clients());
    json.put("size", plan.shape().size()).put("batch", plan.shape().batch());
    lines.add("Machine    " + machine);
    lines.add("Store      " + store.config().shown());
    lines.add(
        String.format(
            Locale.ROOT,
            "Load       %,d endpoints%s, %d producers, %,d bytes an event%s, heap of %s",
            plan.scheme().endpoints(),
            plan.scheme().fanout() ? " for every event" : "",
            plan.clients(),
            plan.shape().size(),
            plan.shape().batch() == 1 ? "" : ", " + plan.shape().batch() + " a request",
            plan.heap()));
    lines.add("");
  }

  /** How much goes through. */
  void throughput(Throughput most) {
    json.put("endToEndPerSecond", Math.round(most.wholePerSecond().median()));
    json.put("rawPartsPerSecond", Math.round(most.rawPerSecond().median()));
    json.put("ratio", Rounded.of(most.ratio().median()));
    spread("endToEnd", "End to end", most.wholePerSecond(), "%,.0f deliveries a second");
    spread("rawParts", "Raw parts ", most.rawPerSecond(), "%,.0f deliveries a second");
    spread("ratios", "Ratio     ", most.ratio(), "%.2f");
    spread("steady", "Steady    ", most.steadyPerSecond(), "%,.0f delivered a second under load");
    spread("accepted", "Accepted  ", most.acceptedPerSecond(), "%,.0f events a second under load");
    spread("drain", "Drain     ", most.drainSeconds(), "%.2f s from the last event on");
  }

  /** How long it takes. */
  void latency(RunResult calm, double rate) {
    json.put("latencyAtPerSecond", Math.round(rate));
    percentiles("acceptToSent", "Accept → sent     ", calm.sinceAccept());
    percentiles("publishToArrival", "Publish → arrival ", calm.sincePublish());
    percentiles("publishToAnswer", "Publish → answer  ", calm.acceptedIn());
  }

  /** What it takes from the machine. */
  void heap(double heapMiB) {
    json.put("heapMiB", Math.round(heapMiB));
    lines.add(
        String.format(Locale.ROOT, "Heap       %,.0f MiB at most, garbage included", heapMiB));
  }

  /** The promise. */
  void tally(Tally all) {
    tally = all;
    all.into(json);
    lines.add("");
    lines.add(all.toString());
  }

  /** A part of the report with figures of its own. */
  ObjectNode part(String name) {
    return json.putObject(name);
  }

  void line(String text) {
    lines.add(text);
  }

  /** Several repeats. */
  void spread(String name, String title, Spread spread, String format) {
    spread.into(json.putObject(name));
    lines.add(title + " " + spread.text(format));
  }

  /** A latency, with a picture. */
  void percentiles(String name, String title, Histogram histogram) {
    ObjectNode node = json.putObject(name + "Millis");
    StringBuilder text = new StringBuilder(title);
    for (double percentile : new double[] {50, 90, 99, 99.9}) {
      String label = "p" + (percentile == 99.9 ? "999" : Integer.toString((int) percentile));
      node.put(label, Rounded.of(Latencies.millis(histogram, percentile)));
      text.append(
          String.format(
              Locale.ROOT, "  %s %.2f ms", label, Latencies.millis(histogram, percentile)));
    }
    node.put("max", Rounded.of(histogram.getMaxValue() / 1000.0));
    lines.add(text.toString());
    pictures.put(name, histogram);
  }

  /** Whether all that was acknowledged arrived once and was logged. */
  public boolean isKept() {
    return tally.isKept();
  }

  /** For programs. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** For people. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The latencies by what they are of. */
  Map<String, Histogram> pictures() {
    return Map.copyOf(pictures);
  }
}
