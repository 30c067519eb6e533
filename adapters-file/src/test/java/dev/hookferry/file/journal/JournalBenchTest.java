package dev.hookferry.file.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmarks measure the claimed operations. */
class JournalBenchTest {
  @Test
  void writesWholeBatches() {
    JournalBench bench = new JournalBench();

    assertThat(bench.event()).isGreaterThan(JournalBench.BATCH * 1024);
    assertThat(bench.attempt()).isGreaterThan(JournalBench.BATCH * 200);
  }
}
