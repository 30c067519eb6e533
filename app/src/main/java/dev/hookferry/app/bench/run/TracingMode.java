package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.load.LoadProfile;
import dev.hookferry.app.bench.load.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the cost of OpenTelemetry tracing if every attempt becomes a span. Runs with and without
 * it alternate. A server reads the setting only at startup, so each run has its own server, which
 * warms up first. The last one has no tracing, for the modes that follow.
 */
public record TracingMode() implements BenchMode {
  private static final long LOOK_MILLIS = 10;

  @Override
  public void measure(BenchRunner runner, Baseline baseline, BenchReport report) {
    BenchWorkspace workshop = runner.workshop();
    String collector = workshop.rig().startCollector();
    LoadProfile warmUp = runner.most(runner.plan().timing().warmUp());
    LoadProfile load = runner.most(runner.plan().timing().window());
    int deliveriesPerEvent = runner.plan().scheme().deliveriesOf(1);
    CostComparison comparison = new CostComparison(runner);
    List<SpanTally> tallies = new ArrayList<>();
    for (int i = 0; i < runner.plan().timing().repeats(); i++) {
      workshop.restartTracedTo(collector);
      RunResult unused = traced(runner, "warm-up with tracing", warmUp, new ArrayList<>());
      comparison.with(() -> traced(runner, "with tracing", load, tallies));
      workshop.restart();
      RunResult unusedToo = runner.run("warm-up without tracing", warmUp);
      comparison.without(() -> runner.run("without tracing", load));
    }
    SpanTally all = tallies.stream().reduce(SpanTally.NOTHING, SpanTally::plus);
    ObjectNode part = report.part("tracing");
    all.writeTo(part, deliveriesPerEvent);
    comparison.report(report, part, "Tracing    of every attempt");
    report.line("           " + all.text(deliveriesPerEvent));
  }

  /** Executes a run and waits for its spans, so that the CPU time of their export is included. */
  private static RunResult traced(
      BenchRunner runner, String what, LoadProfile load, List<SpanTally> tallies) {
    LoadRig rig = runner.workshop().rig();
    long before = rig.spans();
    RunResult result = runner.run(what, load);
    long deliveries = result.tally().delivered();
    long spans = await(rig, before + deliveries, runner.plan().timing().patience()) - before;
    SpanTally tally = new SpanTally(deliveries, spans);
    tally.requireSpans();
    tallies.add(tally);
    return result;
  }

  /** Waits for this many spans, or until no more arrive, and returns their number. */
  private static long await(LoadRig rig, long expected, Duration patience) {
    long spans = rig.spans();
    long since = System.nanoTime();
    while (spans < expected && System.nanoTime() - since < patience.toNanos()) {
      Pause.millis(LOOK_MILLIS);
      long now = rig.spans();
      if (now > spans) {
        spans = now;
        since = System.nanoTime();
      }
    }
    return spans;
  }
}
