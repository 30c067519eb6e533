package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.DeliveryTally;
import dev.hookferry.app.bench.figures.LatencyHistograms;
import dev.hookferry.app.bench.figures.Machine;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.figures.Spread;
import dev.hookferry.app.bench.load.PartProtocol;
import dev.hookferry.app.bench.load.StoreAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The report of a benchmark, as text and as JSON. Not thread-safe. */
public final class BenchReport {
  private static final String COUNT = "%,.0f";

  private final ObjectNode json = PartProtocol.JSON.createObjectNode();
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Picture> pictures = new LinkedHashMap<>();
  private DeliveryTally tally = DeliveryTally.NOTHING;

  /** A histogram with its title. */
  public record Picture(String title, Histogram histogram) {}

  public BenchReport() {}

  /** Adds the machine, the store and the load. */
  public void about(Machine machine, BenchPlan plan, StoreAccess store) {
    json.put("store", store.kind());
    machine.writeTo(json);
    json.put("endpoints", plan.scheme().endpoints()).put("fanout", plan.scheme().fanout());
    json.put("clients", plan.clients());
    json.put("size", plan.shape().size()).put("batch", plan.shape().batch());
    lines.add("Machine    " + machine);
    lines.add("Store      " + store.config().shown());
    lines.add(
        String.format(
            Locale.ROOT,
            "Load       %,d endpoints%s, %d producers, %,d bytes per event%s, heap %s",
            plan.scheme().endpoints(),
            plan.scheme().fanout() ? " per event" : "",
            plan.clients(),
            plan.shape().size(),
            plan.shape().batch() == 1 ? "" : ", " + plan.shape().batch() + " per request",
            plan.heap()));
    lines.add("");
  }

  /** Adds the throughput. */
  public void throughput(Throughput fullLoad) {
    json.put("endToEndPerSecond", Math.round(fullLoad.wholePerSecond().median()));
    json.put("rawPartsPerSecond", Math.round(fullLoad.rawPerSecond().median()));
    json.put("ratio", Rounded.of(fullLoad.ratio().median()));
    spread("endToEnd", fullLoad.wholePerSecond());
    line("End to end " + fullLoad.wholePerSecond().text(COUNT, " deliveries per second"));
    spread("rawParts", fullLoad.rawPerSecond());
    line("Raw parts  " + fullLoad.rawPerSecond().text(COUNT, " deliveries per second"));
    spread("ratios", fullLoad.ratio());
    line("Ratio      " + fullLoad.ratio().text("%.2f", " of the raw parts"));
    spread("steady", fullLoad.steadyPerSecond());
    line(
        "Steady     " + fullLoad.steadyPerSecond().text(COUNT, " delivered per second under load"));
    spread("accepted", fullLoad.acceptedPerSecond());
    line("Accepted   " + fullLoad.acceptedPerSecond().text(COUNT, " events per second under load"));
    spread("drain", fullLoad.drainSeconds());
    line("Drain      " + fullLoad.drainSeconds().text("%.2f", " s after the last event"));
    spread("cpuMicrosPerEvent", fullLoad.cpuMicrosPerEvent());
    line("CPU        " + fullLoad.cpuMicrosPerEvent().text(COUNT, " µs of the server per event"));
  }

  /** Adds the latencies. */
  public void latency(ServerLatency own, RunResult calm, double rate) {
    json.put("latencyAtPerSecond", Math.round(rate));
    own.writeTo(json.putObject("acceptToSentMillis"));
    lines.add(
        String.format(
            Locale.ROOT,
            "Accept → sent       p50 %.1f ms  p90 %.1f ms  p99 %.1f ms, at %,.0f events per second",
            own.millis(50),
            own.millis(90),
            own.millis(99),
            rate));
    percentiles("publishToArrival", "Publish → arrival ", calm.sincePublish());
    percentiles("publishToResponse", "Publish → response", calm.acceptedIn());
  }

  /** Adds disk usage; files are preallocated, so a short run overstates it. */
  public void disk(long bytes, long deliveries) {
    if (bytes > 0 && deliveries > 0) {
      json.put("storeBytesPerDelivery", bytes / deliveries);
      lines.add(
          String.format(
              Locale.ROOT,
              "On disk    %,d bytes per delivery, including its log",
              bytes / deliveries));
    }
  }

  /** Adds memory usage. */
  public void heap(double heapMiB) {
    json.put("heapMiB", Math.round(heapMiB));
    lines.add(
        String.format(Locale.ROOT, "Heap       %,.0f MiB maximum, including garbage", heapMiB));
  }

  /** Adds the verification of deliveries. */
  public void tally(DeliveryTally all) {
    tally = all;
    all.writeTo(json);
    lines.add("");
    lines.add(all.toString());
  }

  /** Adds a section with its own figures. */
  public ObjectNode part(String name) {
    return json.putObject(name);
  }

  /** Adds a line of text. */
  public void line(String text) {
    lines.add(text);
  }

  private void spread(String name, Spread spread) {
    spread.writeTo(json.putObject(name));
  }

  /** Adds percentiles and a histogram of a latency. */
  public void percentiles(String name, String title, Histogram histogram) {
    ObjectNode node = json.putObject(name + "Millis");
    StringBuilder text = new StringBuilder(title);
    for (double percentile : new double[] {50, 90, 99, 99.9}) {
      String label = "p" + (percentile == 99.9 ? "999" : Integer.toString((int) percentile));
      node.put(label, Rounded.of(LatencyHistograms.millis(histogram, percentile)));
      text.append(
          String.format(
              Locale.ROOT, "  %s %.2f ms", label, LatencyHistograms.millis(histogram, percentile)));
    }
    node.put("max", Rounded.of(histogram.getMaxValue() / 1000.0));
    lines.add(text.toString());
    pictures.put(name, new Picture(title.strip(), histogram));
  }

  /** Returns whether all acknowledged deliveries arrived once and were logged. */
  public boolean isKept() {
    return tally.isKept();
  }

  /** Returns the report as JSON. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** Returns the report as text. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /**
   * Writes {@code bench.json}, {@code bench.txt}, and an SVG of each latency.
   *
   * @param folder the folder to write to; created if needed
   */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("bench.json"), json.toPrettyString() + "\n");
    Files.write(folder.resolve("bench.txt"), lines);
    for (Map.Entry<String, Picture> picture : pictures.entrySet()) {
      Files.writeString(
          folder.resolve(picture.getKey() + ".svg"), HistogramSvg.of(picture.getValue()));
    }
  }
}
