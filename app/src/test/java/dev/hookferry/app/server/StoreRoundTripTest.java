package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.transfer.TransferStores;
import dev.hookferry.contract.store.transfer.ListSource;
import dev.hookferry.contract.store.transfer.TransferContent;
import dev.hookferry.file.FileStore;
import dev.hookferry.store.Store;
import dev.hookferry.store.transfer.RecordText;
import dev.hookferry.store.transfer.TransferRecord.StoredConfig;
import dev.hookferry.store.transfer.TransferSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store is copied from files to H2, PostgreSQL and MariaDB, and back to files. */
final class StoreRoundTripTest {
  @TempDir private Path folder;

  @Test
  void theWholeCircleChangesNothing() throws IOException {
    Path beginning = folder.resolve("beginning");
    Path end = folder.resolve("end");
    try (Store store = FileStore.open(beginning, InstantSource.system())) {
      TransferContent.write(store, 1, 1_500);
    }
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(1)).start();
        Databases mariaDb = MariaDbServerTest.databases()) {
      List<String> circle =
          List.of(
              "file:" + beginning,
              "jdbc:h2:file:" + folder.resolve("h2"),
              "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres?user=postgres",
              mariaDb.fresh(),
              "file:" + end);
      for (int i = 1; i < circle.size(); i++) {
        CommandResult copy =
            CommandResult.run(
                "copy", "--from", circle.get(i - 1), "--to", circle.get(i), "--verify");
        assertThat(copy.code()).as(copy.toString()).isZero();
        assertThat(copy.err()).contains("records are equal on both sides");
      }
    }
    assertThat(texts(end)).containsExactlyInAnyOrderElementsOf(texts(beginning));
  }

  /** Returns all records but the configuration, whose secrets are sealed in another way. */
  private static List<String> texts(Path directory) {
    try (TransferSource source = TransferStores.source(new StoreConfig.InFiles(directory))) {
      return ListSource.all(source).stream()
          .filter(stored -> !(stored instanceof StoredConfig))
          .map(RecordText::write)
          .toList();
    }
  }
}
