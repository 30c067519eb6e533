package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.CommandResult;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On database servers. Runs once the jar is built. */
final class DatabaseVersionsIT extends TwoVersions {
  @Test
  void onPostgres() throws IOException {
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
        Databases databases = databases(postgres)) {
      String store = databases.fresh();
      upgradesAndRollsBack(store);
      CommandResult copy =
          CommandResult.run("copy", "--from", store, "--to", "file:" + folder.resolve("copy"));
      assertThat(copy.code()).isEqualTo(1);
      assertThat(copy.err()).contains("copy it with the newer version of Hookferry");
    }
  }

  static Databases databases(EmbeddedPostgres postgres) {
    return new Databases(
        () -> postgres.getPostgresDatabase().getConnection(),
        name -> postgres.getJdbcUrl("postgres", name));
  }

  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void onMariaDb() throws IOException {
    try (Databases databases = MariaDbServerTest.databases()) {
      upgradesAndRollsBack(databases.fresh());
    }
  }
}
