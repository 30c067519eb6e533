package dev.hookferry.signing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmarks measure the claimed operations. */
class SigningBenchTest {
  @Test
  void signsABodyOfItsSize() {
    SigningBench bench = new SigningBench();
    String ofNothing = bench.qlm();

    bench.fill();

    assertThat(bench.qlm()).matches("[0-9a-f]{64}").isNotEqualTo(ofNothing);
    assertThat(bench.standard()).startsWith("v1,");
  }
}
