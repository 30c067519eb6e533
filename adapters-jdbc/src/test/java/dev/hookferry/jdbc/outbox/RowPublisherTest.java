package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.jdbc.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The limit to how long rows stay locked for a store that hangs. */
final class RowPublisherTest {
  @Test
  void givesUpAStoreThatHangs() throws SQLException {
    try (TestDatabase database = new H2OutboxTest.InMemory("hanging");
        OutboxScene scene = new OutboxScene(database, "hookferry_outbox");
        Connection connection = database.connect()) {
      scene.insert(2);
      OutboxTable table = OutboxTable.of(connection, OutboxDialect.H2, "hookferry_outbox");
      List<OutboxRow> rows = table.lock(connection, 10);
      scene.store.hang();
      RowPublisher publisher =
          new RowPublisher(scene.hookferry.webhooks(), () -> false, Duration.ofMillis(300));

      RowPublisher.PublishResult outcome = publisher.send(rows).await();

      assertThat(rows).hasSize(2);
      assertThat(outcome.failure()).isInstanceOf(TimeoutException.class);
      assertThat(outcome.accepted()).isEmpty();
      assertThat(outcome.rejected()).isEmpty();
    }
  }
}
