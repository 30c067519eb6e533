package dev.hookferry.jdbc.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.event.Event;
import dev.hookferry.jdbc.AnyKind;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.TestNode;
import dev.hookferry.jdbc.database.Database;
import dev.hookferry.jdbc.dialect.OutdatedRoutesException;
import dev.hookferry.jdbc.order.KeyQueues;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.config.ConfigChange;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first, optimistic try of a commit, which must succeed as long as nothing has changed. */
final class BatchWriterTest {
  /** Else every commit would be rolled back once and written with care. */
  @ParameterizedTest
  @EnumSource
  void onlyANewerConfigurationNeedsCare(AnyKind kind, @TempDir Path folder) {
    try (TestDatabase place = kind.create(folder)) {
      try (TestNode node = new TestNode(place.url());
          Database database = place.connectAsStore()) {
        long version =
            node.store
                .config()
                .save(List.of(new ConfigChange.PutRotation("mk_1")), 0)
                .orElseThrow();
        BatchWriter.Written written = write(node, database, version);
        assertThat(written.refused()).isEmpty();
        assertThat(written.isAlive()).isTrue();
        assertThatThrownBy(() -> write(node, database, version - 1))
            .isInstanceOf(OutdatedRoutesException.class);
      }
    }
  }

  /** Writes in a transaction that is rolled back. */
  private static BatchWriter.Written write(TestNode node, Database database, long config) {
    Event event = node.samples.event();
    PublishEntry.Entry entry = new PublishEntry.Entry(event, List.of());
    Batch batch = Batch.of(new PublishEntry(List.of(entry), config));
    return database.query(
        handle -> {
          handle.begin();
          try {
            BatchWriter.Fresh fresh =
                new BatchWriter.Fresh(List.of(entry), new KeyQueues(database.dialect()));
            return BatchWriter.of(database.dialect())
                .write(handle, node.owner, fresh, batch, false);
          } finally {
            handle.rollback();
          }
        });
  }
}
