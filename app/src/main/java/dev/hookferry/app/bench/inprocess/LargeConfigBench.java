package dev.hookferry.app.bench.inprocess;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.Hookferry;
import dev.hookferry.app.bench.figures.LatencyHistograms;
import dev.hookferry.app.bench.figures.Machine;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.load.BenchException;
import dev.hookferry.app.bench.run.BenchReport;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Measures a large configuration: changes, routing, memory, start-up, and propagation of changes to
 * another node. Runs in one process; requests are not sent.
 */
public final class LargeConfigBench {
  private static final SiteId SITE = new SiteId("default");
  private static final String TYPE = "license_created";
  private static final int FEW = 10;
  private static final int FEWEST_SAMPLES = 100;
  private static final int MAX_SAMPLES = 1_000;
  private static final int TAKE_OVERS = 200;
  private static final double MIB = 1 << 20;
  private static final double MILLION = 1e6;

  private final InProcessBenchStore stores;
  private final CountedSends sends = new CountedSends();
  private final int endpoints;
  private final int samples;
  private final Consumer<String> progress;
  private final BenchReport report = new BenchReport();

  /**
   * Creates a bench.
   *
   * @param stores opens the store
   * @param endpoints the number of endpoints to create, ten per site
   */
  private LargeConfigBench(InProcessBenchStore stores, int endpoints, Consumer<String> progress) {
    this.stores = stores;
    this.endpoints = endpoints;
    this.samples = Math.max(FEWEST_SAMPLES, Math.min(MAX_SAMPLES, endpoints));
    this.progress = progress;
  }

  /**
   * Runs the bench.
   *
   * @param store an empty store, or null for files in a temporary folder
   * @param endpoints the number of endpoints, ten per site
   * @param progress receives progress messages
   * @throws BenchException if the store is not empty or the measurement fails
   */
  public static BenchReport run(
      @Nullable StoreConfig store, int endpoints, Consumer<String> progress) {
    try (InProcessBenchStore stores = InProcessBenchStore.of(store, "--estate")) {
      return new LargeConfigBench(stores, endpoints, progress).measure();
    }
  }

  private BenchReport measure() {
    Machine machine = Machine.here();
    machine.writeTo(report.part("machine"));
    report.line("Machine    " + machine);
    report.line("Store      " + stores.shown());
    report.line(
        String.format(
            Locale.ROOT, "Estate     %,d sites, %,d endpoints", endpoints / FEW, endpoints));
    report.line("");
    progress.accept("publishing with " + FEW + " endpoints");
    try (Hookferry node = stores.start(sends)) {
      for (int i = 0; i < FEW; i++) {
        create(node, i);
      }
      Histogram unused = publish(node);
      report.percentiles("publishWithFew", "Publish, 10 endpoints   ", publish(node));
    }
    progress.accept("filling the store with " + endpoints + " endpoints");
    stores.fill(endpoints, endpoints / FEW);
    progress.accept("starting with them");
    long began = System.nanoTime();
    long used = cpuNanos();
    try (Hookferry node = stores.start(sends)) {
      figure("startMillis", "Start      %,.0f ms", (System.nanoTime() - began) / MILLION);
      figure("startCpuMillis", "Start CPU  %,.0f ms on its thread", (cpuNanos() - used) / MILLION);
      figure("heapMiB", "Heap       %,.0f MiB in use", heap());
      progress.accept("publishing with them");
      Histogram unused = publish(node);
      report.percentiles("publishWithMany", "Publish, all endpoints  ", publish(node));
      changes(node);
      if (stores.isShared()) {
        propagation(node);
      }
      figure("heapAfterMiB", "Heap       %,.0f MiB in use at the end", heap());
    }
    labels();
    return report;
  }

  /** Publishes to one endpoint of a small and of a large site, by its label and by its uid. */
  private void labels() {
    progress.accept("filling a site with " + endpoints + " endpoints with labels and uids");
    SiteId few = new SiteId("labels-few");
    SiteId many = new SiteId("labels-many");
    List<EventTypeFilter> types = List.of(new EventTypeFilter(TYPE));
    stores.fillLabelled(few, types, FEW);
    stores.fillLabelled(many, types, endpoints);
    try (Hookferry node = stores.start(sends)) {
      progress.accept("publishing to one endpoint of them");
      NewEvent event = NewEvent.of(TYPE, "{}").label("tenant", "7");
      for (SiteId site : List.of(few, many)) {
        String of = String.format(Locale.ROOT, "%,d", site.equals(few) ? FEW : endpoints);
        String name = site.equals(few) ? "OfFew" : "OfMany";
        Histogram unused = publish(node, site, event);
        report.percentiles(
            "label" + name, "Publish to a label of " + of, publish(node, site, event));
        report.percentiles(
            "uid" + name, "Publish to a uid of " + of, publish(node, site, event.to("tenant-7")));
      }
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void figure(String name, String text, double value) {
    ObjectNode part = report.part(name);
    part.put("value", Rounded.of(value));
    report.line(String.format(Locale.ROOT, text, value));
  }

  private static EndpointId create(Hookferry node, int number) {
    EndpointSpec spec =
        EndpointSpec.to("https://receiver.example/" + number)
            .types(number % FEW == 0 ? TYPE : "customer_*");
    return node.webhooks().endpoints().create(SITE, spec).endpoint().id();
  }

  /** Publishes twice as many events as there are samples, one by one, each in its own commit. */
  private Histogram publish(Hookferry node) {
    return publish(node, SITE, NewEvent.of(TYPE, "{\"n\":1}"));
  }

  private Histogram publish(Hookferry node, SiteId site, NewEvent event) {
    Histogram times = LatencyHistograms.empty();
    for (int i = 0; i < 2 * samples; i++) {
      long startNanos = System.nanoTime();
      int deliveries = node.webhooks().publish(site, event).join().deliveries();
      record(times, startNanos);
      if (deliveries != 1) {
        throw new BenchException("an event went to " + deliveries + " endpoints instead of one");
      }
    }
    return times;
  }

  private void changes(Hookferry node) {
    progress.accept("creating and changing endpoints");
    Histogram creating = LatencyHistograms.empty();
    Histogram changing = LatencyHistograms.empty();
    EndpointId[] created = new EndpointId[samples];
    for (int i = 0; i < samples; i++) {
      long startNanos = System.nanoTime();
      created[i] = create(node, i * FEW + 1);
      record(creating, startNanos);
    }
    Random random = new Random(1);
    for (int i = 0; i < samples; i++) {
      EndpointSpec spec = EndpointSpec.to("https://receiver.example/other/" + i).types("order_*");
      long startNanos = System.nanoTime();
      var unused = node.webhooks().endpoints().change(SITE, created[random.nextInt(samples)], spec);
      record(changing, startNanos);
    }
    report.percentiles("create", "Create an endpoint      ", creating);
    report.percentiles("change", "Change an endpoint      ", changing);
  }

  /** Measures a publish through one node right after another node acknowledged a change. */
  private void propagation(Hookferry node) {
    progress.accept("publishing through another node right after each change");
    Histogram times = LatencyHistograms.empty();
    int missed = 0;
    try (Hookferry other = stores.start(sends)) {
      int before = deliveries(other);
      for (int i = 0; i < TAKE_OVERS; i++) {
        EndpointId created = create(node, i * FEW);
        long startNanos = System.nanoTime();
        int after = deliveries(other);
        record(times, startNanos);
        node.webhooks().endpoints().remove(SITE, created);
        boolean isKept = after == before + 1 && deliveries(other) == before;
        missed += isKept ? 0 : 1;
      }
    }
    report.percentiles("takeOver", "Publish by another node ", times);
    report.part("takeOvers").put("tried", TAKE_OVERS).put("missed", missed);
    if (missed > 0) {
      throw new BenchException(
          missed + " of " + TAKE_OVERS + " publishes through another node did not see the change");
    }
  }

  private static int deliveries(Hookferry node) {
    return node.webhooks().publish(SITE, NewEvent.of(TYPE, "{}")).join().deliveries();
  }

  private static void record(Histogram times, long startNanos) {
    LatencyHistograms.record(times, (System.nanoTime() - startNanos) / 1_000);
  }

  /** Returns the used heap after a full collection, in MiB. */
  private static double heap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
  }
}
