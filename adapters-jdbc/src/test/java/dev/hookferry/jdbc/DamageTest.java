package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.port.Batch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One bad row holds up nothing else. */
final class DamageTest {
  @ParameterizedTest
  @EnumSource
  void cancelsADeliveryWhoseEventSomebodyDeleted(Kind kind) {
    try (TestDatabase database = kind.create();
        TestNode node = new TestNode(database.url())) {
      EndpointId endpoint = node.samples.endpoint();
      Delivery lost = TestNode.delivery(commit(node, endpoint));
      Delivery whole = TestNode.delivery(commit(node, endpoint));
      database.execute("DELETE FROM hookferry_event WHERE id = '" + lost.event() + "'");

      assertThat(node.claim(endpoint)).containsExactly(whole);

      assertThat(node.store.log().delivery(lost.site(), lost.id()))
          .hasValueSatisfying(
              found -> assertThat(found.state()).isEqualTo(DeliveryState.CANCELLED));
    }
  }

  private static Batch commit(TestNode node, EndpointId endpoint) {
    Batch batch = node.oneEvent(endpoint);
    node.commit(batch);
    return batch;
  }
}
