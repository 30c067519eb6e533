package dev.hookferry.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hookferry beside db-scheduler and JobRunr. Runs when it is asked for by its name, not with the
 * tests; the properties are in the manual's chapter on performance.
 */
@EnabledIfSystemProperty(
    named = RivalsBench.SERVER,
    matches = "jdbc:postgresql://.+",
    disabledReason = "-D" + RivalsBench.SERVER + " names no PostgreSQL")
final class RivalsBench {
  static final String SERVER = "bench.postgres";

  @TempDir private Path folder;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void race() throws Exception {
    try (RaceDatabase database = new RaceDatabase(System.getProperty(SERVER));
        Race race =
            new Race(
                folder,
                new Race.Course(
                    database.url(),
                    Integer.getInteger("bench.workers", 32),
                    1024,
                    "512m",
                    Duration.ofSeconds(30)),
                System.out::println)) {
      int jobs = Integer.getInteger("bench.jobs", 50_000);
      race.warmUp(jobs, Duration.ofSeconds(Integer.getInteger("bench.warmUpSeconds", 30)));
      race.run(jobs, Integer.getInteger("bench.repeats", 3));
      List<String> lines = race.lines();
      lines.forEach(System.out::println);
      assertThat(race.isKept()).as(String.join("\n", lines)).isTrue();
    }
  }
}
