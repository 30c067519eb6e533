package dev.hookferry.signing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmarks measure the claimed operations. */
class SigningBenchTest {
  @Test
  void signsABodyOfItsSize() {
    SigningBench bench = new SigningBench();
    String emptyLabel = bench.qlm();

    bench.fill();

    assertThat(bench.qlm()).matches("[0-9a-f]{64}").isNotEqualTo(emptyLabel);
    assertThat(bench.standard()).startsWith("v1,");
  }
}
