package dev.hookferry.app.bench.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.figures.Rounded;
import dev.hookferry.app.bench.figures.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Comparison of the cost of events with and without a feature. If runs of both kinds alternate,
 * other load on the machine affects both. Not thread-safe.
 */
final class CostComparison {
  private final BenchRunner runner;
  private final List<Cost> without = new ArrayList<>();
  private final List<Cost> with = new ArrayList<>();

  /**
   * The cost in one run.
   *
   * @param perSecond deliveries per second
   * @param cpuMicros CPU time of all servers per event, in microseconds
   */
  private record Cost(double perSecond, double cpuMicros) {}

  /** Creates a comparison without runs. */
  CostComparison(BenchRunner runner) {
    this.runner = runner;
  }

  /** Adds a run without the feature. */
  void without(Supplier<RunResult> run) {
    without.add(measure(run));
  }

  /** Adds a run with the feature. */
  void with(Supplier<RunResult> run) {
    with.add(measure(run));
  }

  /**
   * Reports the comparison; there must be as many runs with the feature as without.
   *
   * @param part receives the figures
   * @param label the beginning of the line
   */
  void report(BenchReport report, ObjectNode part, String label) {
    Spread perSecond = of(with, Cost::perSecond);
    Spread cpu = of(with, Cost::cpuMicros);
    Spread cpuWithout = of(without, Cost::cpuMicros);
    Spread ratio =
        new Spread(
            IntStream.range(0, with.size())
                .mapToObj(i -> with.get(i).perSecond() / without.get(i).perSecond())
                .toList());
    part.put("ofUsual", Rounded.of(ratio.median()));
    ratio.writeTo(part.putObject("ratios"));
    of(without, Cost::perSecond).writeTo(part.putObject("perSecondWithout"));
    perSecond.writeTo(part.putObject("perSecond"));
    cpuWithout.writeTo(part.putObject("cpuMicrosPerEventWithout"));
    cpu.writeTo(part.putObject("cpuMicrosPerEvent"));
    report.line(
        String.format(
            Locale.ROOT,
            "%s: %s, %.2f of that without; CPU per event %.0f µs, %+.0f µs",
            label,
            perSecond.text("%,.0f", " deliveries per second"),
            ratio.median(),
            cpu.median(),
            cpu.median() - cpuWithout.median()));
  }

  private Cost measure(Supplier<RunResult> run) {
    double before = runner.cpuMicros();
    RunResult result = run.get();
    return new Cost(
        result.perSecond(), (runner.cpuMicros() - before) / Math.max(1, result.accepted()));
  }

  private static Spread of(List<Cost> costs, ToDoubleFunction<Cost> figure) {
    return new Spread(costs.stream().map(figure::applyAsDouble).toList());
  }
}
