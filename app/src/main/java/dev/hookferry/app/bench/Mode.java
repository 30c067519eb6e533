package dev.hookferry.app.bench;

/** A measurement beside throughput and latency. */
interface Mode {
  /**
   * Measures.
   *
   * @param usual what was measured without anything special
   */
  void measure(Runner runner, Usual usual, Report report);

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
