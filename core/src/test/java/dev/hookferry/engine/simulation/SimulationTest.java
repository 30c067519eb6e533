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
    long inTurn = 0;
    long followers = 0;
    long blocked = 0;
    long start = System.nanoTime();
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Simulation simulation = new Simulation(seed);
      Audit audit = simulation.run();
      inTurn += simulation.order.inTurn;
      followers += simulation.order.followers;
      blocked += simulation.order.blocked;
      acknowledged += audit.acknowledged();
      arrived += audit.arrived();
      duplicates += audit.duplicates();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.println(
        "simulation: seeds %d to %d, %d acknowledged, 0 lost, %d requests, %d duplicates, %d s"
            .formatted(
                FIRST, FIRST + SEEDS - 1, acknowledged, arrived, duplicates, took.toSeconds()));
    System.out.println(
        "simulation: %d sent in the turn of their key, %d had waited, %d blocked"
            .formatted(inTurn, followers, blocked));
    assertThat(acknowledged).isPositive();
    assertThat(SEEDS < 100 || inTurn > 0 && followers > 0 && blocked > 0).isTrue();
  }

  @Test
  void aSeedReproducesTheSameRunInEveryProcess() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process other =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                SimulationReplay.class.getName(),
                "18")
            .redirectErrorStream(true)
            .start();
    String there = new String(other.getInputStream().readAllBytes(), UTF_8).strip();

    assertThat(there).isEqualTo("" + SimulationReplay.fingerprint(18));
  }
}
