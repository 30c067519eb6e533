package dev.hookferry.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.bench.figures.DeliveryTally;
import dev.hookferry.app.bench.load.ReceiverProfile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The measurement of the rivals works, and notices what is not delivered once. */
@EnabledIfSystemProperty(named = "thorough", matches = "true")
final class RivalsTest {
  @TempDir private Path folder;

  @Test
  void allDoTheSameJob() throws Exception {
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
        RaceDatabase database = new RaceDatabase(postgres.getJdbcUrl("postgres", "postgres"));
        Race race =
            new Race(
                folder,
                new Race.Course(database.url(), 4, 256, "256m", Duration.ofMinutes(1)),
                line -> {})) {
      race.run(50, 1);

      assertThat(race.isKept()).as(String.join("\n", race.lines())).isTrue();
      assertThat(race.lines())
          .filteredOn(line -> line.contains("verified: 50 acknowledged, 50 delivered"))
          .extracting(line -> line.split(" {2,}")[0])
          .containsExactly("Hookferry, ready", "Hookferry, with intake", "db-scheduler", "JobRunr");

      Contender db = race.contenders().get(2);
      DeliveryTally doubled =
          db.lap(50, new ReceiverProfile(0, ReceiverProfile.GOOD.refusing(), -1, 7)).tally();
      assertThat(doubled.isKept()).isFalse();
      assertThat(doubled.duplicates()).isEqualTo(1);
    }
  }
}
