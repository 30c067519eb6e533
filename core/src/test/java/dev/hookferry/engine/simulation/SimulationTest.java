package dev.hookferry.engine.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.auditor.Audit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many seeds, each with its own troubles. {@code -Dsimulation.seeds=100000} runs more, {@code
 * -Dsimulation.first=17 -Dsimulation.seeds=1} one again.
 */
class SimulationTest {
  private static final long FIRST = Long.getLong("simulation.first", 1);
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 300);

  @Test
  @Timeout(7_200)
  void noAcceptedEventIsLost() {
    long acknowledged = 0;
    long arrived = 0;
    long duplicates = 0;
    long start = System.nanoTime();
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Audit audit = new Simulation(seed).run();
      acknowledged += audit.acknowledged();
      arrived += audit.arrived();
      duplicates += audit.duplicates();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.println(
        "simulation: seeds %d to %d, %d acknowledged, 0 lost, %d requests, %d duplicates, %d s"
            .formatted(
                FIRST, FIRST + SEEDS - 1, acknowledged, arrived, duplicates, took.toSeconds()));
    assertThat(acknowledged).isPositive();
  }

  @Test
  void aSeedReproducesTheSameRunInEveryProcess() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process other =
        new ProcessBuilder(java, "-cp", classes, SimulationReplay.class.getName(), "18")
            .redirectErrorStream(true)
            .start();
    String there = new String(other.getInputStream().readAllBytes(), UTF_8).strip();

    assertThat(there).isEqualTo("" + SimulationReplay.fingerprint(18));
  }
}
