package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmark measures what it says. */
class EnvelopeBenchTest {
  @Test
  void wrapsOneKibibyte() {
    EnvelopeBench bench = new EnvelopeBench();

    bench.choose();

    assertThat(bench.wrap().text()).startsWith("{\"EventType\":").endsWith("x\"}}");
    assertThat(bench.wrap().size()).isGreaterThan(1024);
  }
}
