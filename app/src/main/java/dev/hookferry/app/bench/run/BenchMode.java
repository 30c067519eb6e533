package dev.hookferry.app.bench.run;

/** A measurement in addition to throughput and latency. */
public interface BenchMode {
  /**
   * Runs the measurement.
   *
   * @param baseline the throughput and latency to compare with
   */
  void measure(BenchRunner runner, Baseline baseline, BenchReport report);

  /**
   * The baseline for additional measurements.
   *
   * @param fullLoad the run at full load
   * @param calm the run at a fixed rate
   * @param rate the events per second of that run
   */
  record Baseline(Throughput fullLoad, RunResult calm, double rate) {
    double perSecond() {
      return fullLoad.wholePerSecond().median();
    }
  }
}
