package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.Typed;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** On database servers. Runs once the jar is built. */
final class DatabaseVersionsIT extends TwoVersions {
  @Test
  void onPostgres() throws IOException {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Databases databases =
            new Databases(
                () -> postgres.getPostgresDatabase().getConnection(),
                name -> postgres.getJdbcUrl("postgres", name))) {
      String store = databases.fresh();
      upgradesAndRollsBack(store);
      Typed copy = Typed.run("copy", "--from", store, "--to", "file:" + folder.resolve("copy"));
      assertThat(copy.code()).isEqualTo(1);
      assertThat(copy.err()).contains("copy it with the newer Hookferry");

      String newer = databases.fresh();
      Path jar = writeIncompatible(newer);
      assertThat(refusal(newer))
          .contains("was set up by a newer Hookferry: its tables have version ")
          .contains("; start the newer Hookferry");
      try (ServerChild next = serve(jar, newer)) {
        assertThat(ids(tenant(next))).hasSize(EVENTS);
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void onMariaDb() {
    try (Databases databases = MariaDbServerTest.databases()) {
      upgradesAndRollsBack(databases.fresh());
    }
  }
}
