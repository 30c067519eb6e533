package dev.hookferry.app.bench;

import dev.hookferry.access.KeyText;
import dev.hookferry.app.bench.figures.Machine;
import dev.hookferry.app.bench.load.PublishTarget;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.run.BacklogMode;
import dev.hookferry.app.bench.run.BenchMode;
import dev.hookferry.app.bench.run.BenchPlan;
import dev.hookferry.app.bench.run.BenchReport;
import dev.hookferry.app.bench.run.BenchRunner;
import dev.hookferry.app.bench.run.BenchWorkspace;
import dev.hookferry.app.bench.run.EgressMode;
import dev.hookferry.app.bench.run.FiltersMode;
import dev.hookferry.app.bench.run.HangingMode;
import dev.hookferry.app.bench.run.MetricsMode;
import dev.hookferry.app.bench.run.NodesMode;
import dev.hookferry.app.bench.run.OrderedMode;
import dev.hookferry.app.bench.run.OverloadMode;
import dev.hookferry.app.bench.run.RunResult;
import dev.hookferry.app.bench.run.SchemasMode;
import dev.hookferry.app.bench.run.SearchMode;
import dev.hookferry.app.bench.run.ServerLatency;
import dev.hookferry.app.bench.run.StartMode;
import dev.hookferry.app.bench.run.Throughput;
import dev.hookferry.app.bench.run.TracingMode;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Runs a benchmark from start to report. For a single use by one thread. */
public final class Bench implements AutoCloseable {
  private final BenchPlan plan;
  private final long began = System.nanoTime();
  private final BenchWorkspace workshop;
  private final BenchRunner runner;

  /**
   * Starts the server, receivers and producers.
   *
   * @param progress prints progress
   * @throws dev.hookferry.app.bench.load.BenchException if the store already contains data, or a
   *     process does not start
   */
  public Bench(BenchPlan plan, Consumer<String> progress) throws IOException {
    this(plan, ReceiverProfile.GOOD, progress);
  }

  /** Starts a bench whose receivers can misbehave, to test that it detects errors. */
  Bench(BenchPlan plan, ReceiverProfile profile, Consumer<String> progress) throws IOException {
    progress.accept("starting the server, receivers, producers and the raw parts");
    workshop = new BenchWorkspace(plan, KeyText.generate(new SecureRandom()));
    this.plan = plan.with(plan.timing().after(elapsed()));
    runner = new BenchRunner(this.plan, workshop, profile, progress);
  }

  /**
   * Runs all measurements.
   *
   * @throws dev.hookferry.app.bench.load.BenchException if a measurement fails
   */
  public BenchReport run() {
    BenchReport report = new BenchReport();
    report.about(Machine.here(), plan, workshop.store());
    long bytes = workshop.storeBytes();
    Throughput fullLoad = throughput();
    workshop.rig().stopRaw();
    report.throughput(fullLoad);
    report.disk(workshop.storeBytes() - bytes, runner.tally().delivered());
    double rate = rate(fullLoad);
    runner.say("latency at " + Math.round(rate) + " events per second");
    ServerLatency before = ServerLatency.of(workshop.target());
    RunResult calm =
        runner.run("latency", runner.most(plan.timing().latency()).at(rate, plan.clients()));
    report.latency(ServerLatency.of(workshop.target()).since(before), calm, rate);
    for (BenchMode mode : modes()) {
      mode.measure(runner, new BenchMode.Baseline(fullLoad, calm, rate), report);
    }
    report.heap(workshop.heapMiB());
    report.tally(runner.tally());
    return report;
  }

  /**
   * Returns the requested modes. Order matters: modes that restart the server follow those that
   * compare with its usual throughput, and the last mode leaves many deliveries undelivered.
   */
  private List<BenchMode> modes() {
    BenchPlan.Modes requested = plan.modes();
    List<BenchMode> modes = new ArrayList<>();
    if (requested.nodes() > 1) {
      modes.add(new NodesMode(requested.nodes()));
    }
    if (requested.overload() > 0) {
      modes.add(new OverloadMode(requested.overload()));
    }
    addFeatures(modes, requested);
    if (requested.backlog() > 0) {
      modes.add(new BacklogMode(requested.backlog()));
    }
    if (requested.tracing()) {
      modes.add(new TracingMode());
    }
    if (requested.start()) {
      modes.add(new StartMode());
    }
    if (requested.hanging() > 0) {
      modes.add(new HangingMode(requested.hanging()));
    }
    return modes;
  }

  /** Adds the modes that compare runs with and without a feature of one server. */
  private static void addFeatures(List<BenchMode> modes, BenchPlan.Modes requested) {
    if (requested.filters() > 0) {
      modes.add(new FiltersMode(requested.filters()));
    }
    if (requested.schemas()) {
      modes.add(new SchemasMode());
    }
    if (requested.search()) {
      modes.add(new SearchMode());
    }
    if (requested.egress()) {
      modes.add(new EgressMode());
    }
    if (requested.metrics()) {
      modes.add(new MetricsMode());
    }
    if (requested.ordered() > 0) {
      modes.add(new OrderedMode(requested.ordered()));
    }
  }

  private Throughput throughput() {
    PublishTarget raw = workshop.rig().startRaw();
    runner.say("warming up");
    RunResult unused = runner.run("warm-up", runner.most(plan.timing().warmUp()));
    RunResult unusedRaw = workshop.rig().run(raw, runner.most(plan.timing().warmUp().dividedBy(2)));
    Throughput fullLoad = new Throughput(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    do {
      double cpuBefore = runner.cpuMicros();
      RunResult through = runner.run("end to end", runner.most(plan.timing().window()));
      double cpu = runner.cpuMicros() - cpuBefore;
      RunResult bare = workshop.rig().run(raw, runner.most(plan.timing().window()));
      runner.say(
          String.format(Locale.ROOT, "raw parts: %,.0f deliveries per second", bare.perSecond()));
      fullLoad.add(through, cpu / Math.max(1, through.accepted()), bare);
    } while (fullLoad.whole().size() < plan.timing().repeats()
        && plan.timing().hasTimeAfter(elapsed()));
    return fullLoad;
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Returns the rate for the latency measurement, in events per second. */
  private double rate(Throughput fullLoad) {
    double half = fullLoad.wholePerSecond().median() / 2 / plan.scheme().deliveriesOf(1);
    return plan.rate() > 0 ? plan.rate() : half;
  }

  @Override
  public void close() {
    workshop.close();
  }
}
