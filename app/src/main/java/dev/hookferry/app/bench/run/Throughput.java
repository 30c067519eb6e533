package dev.hookferry.app.bench.run;

import dev.hookferry.app.bench.figures.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Throughput measurements of the server and the raw parts, alternating so that other load on the
 * machine affects both.
 *
 * @param whole the server's results
 * @param raw the raw parts' results
 * @param cpuMicros the server's CPU time per event in each run, in microseconds
 */
public record Throughput(List<RunResult> whole, List<RunResult> raw, List<Double> cpuMicros) {
  /** Adds a run of the server and the one of the raw parts that followed it. */
  public void add(RunResult through, double cpuMicrosPerEvent, RunResult bare) {
    whole.add(through);
    cpuMicros.add(cpuMicrosPerEvent);
    raw.add(bare);
  }

  public Spread wholePerSecond() {
    return of(whole, RunResult::perSecond);
  }

  Spread rawPerSecond() {
    return of(raw, RunResult::perSecond);
  }

  Spread steadyPerSecond() {
    return of(whole, RunResult::steadyPerSecond);
  }

  Spread acceptedPerSecond() {
    return of(whole, RunResult::acceptedPerSecond);
  }

  Spread drainSeconds() {
    return of(whole, RunResult::drainSeconds);
  }

  /** Returns the ratios of the server's results to those of the raw parts that followed. */
  Spread ratio() {
    return new Spread(
        IntStream.range(0, whole.size())
            .mapToObj(i -> whole.get(i).perSecond() / raw.get(i).perSecond())
            .toList());
  }

  Spread cpuMicrosPerEvent() {
    return new Spread(cpuMicros);
  }

  private static Spread of(List<RunResult> runs, ToDoubleFunction<RunResult> figure) {
    return new Spread(runs.stream().map(figure::applyAsDouble).toList());
  }
}
