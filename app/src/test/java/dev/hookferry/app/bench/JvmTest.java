package dev.hookferry.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JvmTest {
  @Test
  void passesTheCollectorOnAndNothingElse() {
    assertThat(
            Jvm.collector(
                List.of(
                    "-Xmx1g",
                    "-XX:+UseParallelGC",
                    "-XX:-UseCompressedOops",
                    "-XX:+UseStringDeduplication",
                    "-Dx=-XX:+UseG1GC")))
        .containsExactly("-XX:+UseParallelGC");
    assertThat(Jvm.collector(List.of("-XX:+UseG1GC"))).containsExactly("-XX:+UseG1GC");
    assertThat(Jvm.collector(List.of())).isEmpty();
  }
}
