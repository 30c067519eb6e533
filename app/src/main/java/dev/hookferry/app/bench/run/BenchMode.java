package dev.hookferry.app.bench.run;

/** A measurement beside throughput and latency. */
public interface BenchMode {
  /**
   * Measures.
   *
   * @param usual what was measured without anything special
   */
  void measure(BenchRunner runner, Usual usual, BenchReport report);

  /**
   * What others are compared with.
   *
   * @param most at full load
   * @param calm at a fixed rate
   * @param rate the events in a second of that
   */
  record Usual(Throughput most, RunResult calm, double rate) {
    double perSecond() {
      return most.wholePerSecond().median();
    }
  }
}
