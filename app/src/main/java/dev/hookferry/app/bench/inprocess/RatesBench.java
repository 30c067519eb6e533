package dev.hookferry.app.bench.inprocess;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.hookferry.Hookferry;
import dev.hookferry.app.bench.figures.LatencyHistograms;
import dev.hookferry.app.bench.figures.Machine;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.load.BenchException;
import dev.hookferry.app.bench.load.Pause;
import dev.hookferry.app.bench.run.BenchReport;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Measures rate limits: the rates of endpoints limited to 1 to 1,000 requests per second, each with
 * a permanent backlog, and the latency of an endpoint without a limit beside them. Runs in one
 * process; requests are counted instead of sent.
 */
public final class RatesBench {
  private static final SiteId SITE = new SiteId("default");
  private static final String OTHER = "customer_created";

  /** The fastest first, because publishing for it takes longest. */
  private static final List<Limited> LIMITED =
      List.of(
          new Limited("license_modified", 1_000),
          new Limited("license_deleted", 100),
          new Limited("license_created", 10),
          new Limited("license_activated", 1));

  /** Time for nodes to discover each other, and for an endpoint's first requests. */
  private static final int SETTLE_SECONDS = 4;

  private static final int OTHER_PER_SECOND = 100;
  private static final int AT_ONCE = 200;
  private static final long MILLION = 1_000_000;

  /** An endpoint with a limit, the only one that subscribes to its type. */
  private record Limited(String type, int perSecond) {}

  private final InProcessBenchStore stores;
  private final int seconds;
  private final Consumer<String> progress;
  private final CountedSends sends = new CountedSends();
  private final BenchReport report = new BenchReport();

  private RatesBench(InProcessBenchStore stores, int seconds, Consumer<String> progress) {
    this.stores = stores;
    this.seconds = seconds;
    this.progress = progress;
  }

  /**
   * Runs the bench on one node and, if the store is shared, on two.
   *
   * @param store an empty store, or null for files in a temporary folder
   * @param seconds how long rates are measured
   * @param progress receives progress messages
   * @throws BenchException if the store is not empty or the measurement fails
   */
  public static BenchReport run(
      @Nullable StoreConfig store, int seconds, Consumer<String> progress) {
    try (InProcessBenchStore stores = InProcessBenchStore.of(store, "--rates")) {
      return new RatesBench(stores, seconds, progress).measure();
    }
  }

  private BenchReport measure() {
    Machine machine = Machine.here();
    machine.writeTo(report.part("machine"));
    report.line("Machine    " + machine);
    report.line("Store      " + stores.shown());
    report.line("");
    try (Hookferry node = stores.start(sends)) {
      var unused =
          node.webhooks()
              .endpoints()
              .create(SITE, EndpointSpec.to(CountedSends.url(OTHER)).types(OTHER));
      Histogram unusedWarmUp = latency(List.of(node));
      progress.accept("latency without limited endpoints");
      report.percentiles("alone", "Alone          ", latency(List.of(node)));
      rates(List.of(node), "oneNode", "One node");
      if (stores.isShared()) {
        try (Hookferry other = stores.start(sends)) {
          rates(List.of(node, other), "twoNodes", "Two nodes");
        }
      }
    }
    return report;
  }

  private void rates(List<Hookferry> nodes, String name, String title) {
    progress.accept(title.toLowerCase(Locale.ROOT) + ": publishing for the limited endpoints");
    List<EndpointId> created = LIMITED.stream().map(one -> create(nodes.get(0), one)).toList();
    for (Limited one : LIMITED) {
      keepBusy(nodes, one);
    }
    Pause.millis(SETTLE_SECONDS * 1_000L);
    progress.accept(title.toLowerCase(Locale.ROOT) + ": rates and latency");
    Map<String, Long> before = sent();
    long began = System.nanoTime();
    Histogram beside = latency(nodes);
    double elapsed = (System.nanoTime() - began) / 1e9;
    Map<String, Long> after = sent();
    ArrayNode part = report.part(name).putArray("rates");
    for (Limited one : LIMITED) {
      long sent = after.getOrDefault(one.type, 0L) - before.getOrDefault(one.type, 0L);
      double measured = sent / elapsed;
      part.addObject().put("set", one.perSecond).put("measured", Rounded.of(measured));
      report.line(
          String.format(
              Locale.ROOT,
              "%-10s set %,5d/s, measured %,8.2f/s (%+.1f%%)",
              title,
              one.perSecond,
              measured,
              100 * (measured / one.perSecond - 1)));
    }
    report.percentiles(name + "Beside", "Beside them    ", beside);
    created.forEach(id -> nodes.get(0).webhooks().endpoints().remove(SITE, id));
  }

  private Map<String, Long> sent() {
    return LIMITED.stream().collect(Collectors.toMap(Limited::type, one -> sends.count(one.type)));
  }

  private static EndpointId create(Hookferry node, Limited one) {
    EndpointSpec asked =
        EndpointSpec.to(CountedSends.url(one.type))
            .types(one.type)
            .limits(SendLimits.of(SendRate.perSecond(one.perSecond)));
    return node.webhooks().endpoints().create(SITE, asked).endpoint().id();
  }

  /**
   * Publishes until an endpoint has more pending deliveries than can be sent to it by the end of
   * the measurement.
   */
  private void keepBusy(List<Hookferry> nodes, Limited one) {
    long begun = sends.count(one.type);
    long enough = (long) one.perSecond * (seconds + 3 * SETTLE_SECONDS);
    long published = 0;
    for (long missing = enough; missing > 0; ) {
      publish(nodes, one.type, Math.toIntExact(missing));
      published += missing;
      missing = enough - (published - (sends.count(one.type) - begun));
    }
  }

  /** Publishes through all nodes in turn, as fast as they accept. */
  private static void publish(List<Hookferry> nodes, String type, int count) {
    for (int done = 0; done < count; done += AT_ONCE) {
      List<CompletableFuture<?>> waiting = new ArrayList<>();
      for (int i = done; i < Math.min(count, done + AT_ONCE); i++) {
        Hookferry node = nodes.get(i % nodes.size());
        waiting.add(node.webhooks().publish(SITE, NewEvent.of(type, "{}")));
      }
      CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).join();
    }
  }

  /** Publishes to the endpoint without a limit at a steady rate, and measures until the send. */
  private Histogram latency(List<Hookferry> nodes) {
    Histogram times = LatencyHistograms.empty();
    sends.measure(times);
    long began = System.nanoTime();
    List<CompletableFuture<?>> waiting = new ArrayList<>();
    for (int i = 0; i < seconds * OTHER_PER_SECOND; i++) {
      long due = began + i * (1_000 * MILLION / OTHER_PER_SECOND);
      long left = due - System.nanoTime();
      if (left > 0) {
        Pause.millis(left / MILLION);
      }
      NewEvent event = NewEvent.of(OTHER, "{}").id(sends.mark(due));
      waiting.add(nodes.get(i % nodes.size()).webhooks().publish(SITE, event));
    }
    CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).join();
    sends.awaitMarked();
    return times;
  }
}
