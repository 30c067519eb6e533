package dev.hookferry.jdbc.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The limit to how long rows stay locked for a store that hangs. */
final class RowPublisherTest {
  @Test
  void rowsOfAKeyStayInOrderWhereOneRowIsRefused() throws SQLException {
    try (TestDatabase database = new H2OutboxTest.InMemory("ordered");
        OutboxScene scene = new OutboxScene(database, "hookferry_outbox");
        Connection connection = database.connect()) {
      Webhooks webhooks = scene.hookferry.webhooks();
      EventTypeSpec checked = EventTypeSpec.of("").schema("\"x\"").policy(SchemaPolicy.BLOCK);
      var type = webhooks.eventTypes().put(SiteId.DEFAULT, new EventType("checked"), checked);
      // Its check takes so long that another thread does it.
      String slow = "[\"x\",\"" + "y".repeat(200_000) + "\"]";
      publish(scene, connection, NewEvent.of("unknown", "{}"));
      for (int i = 0; i < 5; i++) {
        publish(scene, connection, NewEvent.of(type.type(), Payload.of(slow)).orderingKey("K"));
        publish(scene, connection, NewEvent.of("license_created", "{}").orderingKey("K"));
      }
      OutboxTable table = OutboxTable.of(connection, OutboxDialect.H2, "hookferry_outbox");
      List<OutboxRow> rows = table.lock(connection, List.of(), 20);

      RowPublisher.PublishResult outcome =
          new RowPublisher(webhooks, () -> false).send(rows).await();

      assertThat(outcome.rejected()).hasSize(1);
      assertThat(outcome.accepted()).hasSize(10);
      assertThat(scene.events().stream().map(event -> event.type().name()).toList())
          .isEqualTo(
              Collections.nCopies(5, List.of("checked", "license_created")).stream()
                  .flatMap(List::stream)
                  .toList());
    }
  }

  private static void publish(OutboxScene scene, Connection connection, NewEvent event)
      throws SQLException {
    assertThat(scene.outbox.publish(connection, SiteId.DEFAULT, event)).isNotNull();
  }

  @Test
  void givesUpOnAHangingStore() throws SQLException {
    try (TestDatabase database = new H2OutboxTest.InMemory("hanging");
        OutboxScene scene = new OutboxScene(database, "hookferry_outbox");
        Connection connection = database.connect()) {
      scene.insert(2);
      OutboxTable table = OutboxTable.of(connection, OutboxDialect.H2, "hookferry_outbox");
      List<OutboxRow> rows = table.lock(connection, List.of(), 10);
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
