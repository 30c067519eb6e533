package dev.hookferry.app.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmProcessTest {
  @Test
  void passesOnOnlyTheCollector() {
    assertThat(
            JvmProcess.collector(
                List.of(
                    "-Xmx1g",
                    "-XX:+UseParallelGC",
                    "-XX:-UseCompressedOops",
                    "-XX:+UseStringDeduplication",
                    "-Dx=-XX:+UseG1GC")))
        .containsExactly("-XX:+UseParallelGC");
    assertThat(JvmProcess.collector(List.of("-XX:+UseG1GC"))).containsExactly("-XX:+UseG1GC");
    assertThat(JvmProcess.collector(List.of())).isEmpty();
  }
}
