package dev.hookferry.jdbc.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.jdbc.Kind;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.TestNode;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that are used once, such as the ids of orders, would fill the table of queues. */
final class EmptyKeyQueueTest {
  @ParameterizedTest
  @EnumSource
  void aQueueHasARowOnlyWhileADeliveryStandsInIt(Kind kind) {
    try (TestDatabase database = kind.create();
        TestNode node = new TestNode(database.url())) {
      Event event = node.samples.event();
      Delivery delivery = node.samples.delivery(event).inOrder("a");
      node.commit(
          Batch.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true)))));
      assertThat(rows(database)).hasSize(1);
      AttemptResult result =
          new AttemptResult(
              delivery.delivered(node.samples.now()),
              node.samples.attempt(delivery, node.samples.success()));

      assertThat(node.commit(Batch.of(result)).refused()).isEmpty();
      assertThat(rows(database)).isEmpty();
      assertThat(node.commit(Batch.of(result)).refused()).containsExactly(delivery.id());
      assertThat(rows(database)).isEmpty();
    }
  }

  private static List<String> rows(TestDatabase database) {
    return database.query("SELECT last_position FROM hookferry_key_queue");
  }
}
