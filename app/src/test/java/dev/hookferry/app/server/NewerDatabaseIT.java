package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * On a database that only a newer version can read. Runs once the jar is built, beside {@link
 * DatabaseVersionsIT}, which takes as long.
 */
final class NewerDatabaseIT extends TwoVersions {
  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void isRefusedAndStaysUsable() throws IOException {
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
        Databases databases = DatabaseVersionsIT.databases(postgres)) {
      String newer = databases.fresh();
      Path jar = writeIncompatible(newer);
      assertThat(refusal(newer))
          .contains("was set up by a newer version of Hookferry: its tables have version ")
          .contains("advice=\"start the newer version of Hookferry\"");
      try (ServerChild next = serve(jar, newer)) {
        assertThat(ids(tenant(next))).hasSize(EVENTS);
      }
    }
  }
}
