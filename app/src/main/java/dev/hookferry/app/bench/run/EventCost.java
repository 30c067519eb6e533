package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.figures.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Repeated measurements of what an event costs.
 *
 * @param perSecond deliveries per second
 * @param cpuMicros CPU time of all servers per event, in microseconds
 */
record EventCost(Spread perSecond, Spread cpuMicros) {
  /** Measures at the maximum rate, as often as the plan says. */
  static EventCost measure(BenchRunner runner, String what) {
    List<Double> perSecond = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    int deliveries = runner.plan().scheme().deliveriesOf(1);
    for (int i = 0; i < runner.plan().timing().repeats(); i++) {
      double before = cpuMicros(runner);
      RunResult run = runner.run(what, runner.most(runner.plan().timing().window()));
      double events = Math.max(1, run.tally().delivered() / (double) deliveries);
      perSecond.add(run.perSecond());
      cpu.add((cpuMicros(runner) - before) / events);
    }
    return new EventCost(new Spread(perSecond), new Spread(cpu));
  }

  private static double cpuMicros(BenchRunner runner) {
    return runner.workshop().servers().stream()
        .mapToDouble(server -> server.cpu().toNanos() / 1e3)
        .sum();
  }

  /**
   * Reports this cost.
   *
   * @param part receives the figures
   * @param label the beginning of the line
   * @param without the cost without what is measured
   */
  void report(BenchReport report, ObjectNode part, String label, EventCost without) {
    double ratio = perSecond.median() / without.perSecond.median();
    double more = cpuMicros.median() - without.cpuMicros.median();
    part.put("ofUsual", Rounded.of(ratio));
    perSecond.writeTo(part.putObject("perSecond"));
    without.cpuMicros.writeTo(part.putObject("cpuMicrosPerEventWithout"));
    cpuMicros.writeTo(part.putObject("cpuMicrosPerEvent"));
    report.line(
        String.format(
            Locale.ROOT,
            "%s: %s, %.2f of that without; CPU per event %.0f µs, %+.0f µs",
            label,
            perSecond.text("%,.0f", " deliveries per second"),
            ratio,
            cpuMicros.median(),
            more));
  }
}
