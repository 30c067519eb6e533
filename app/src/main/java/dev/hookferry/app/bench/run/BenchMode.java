package dev.hookferry.app.bench.run;

/** A measurement beside throughput and latency. */
public interface BenchMode {
  /**
   * Runs the measurement.
   *
   * @param usual the baseline
   */
  void measure(BenchRunner runner, Usual usual, BenchReport report);

  /**
   * The baseline for additional measurements.
   *
   * @param most the run at full load
   * @param calm the run at a fixed rate
   * @param rate the events per second of that run
   */
  record Usual(Throughput most, RunResult calm, double rate) {
    double perSecond() {
      return most.wholePerSecond().median();
    }
  }
}
