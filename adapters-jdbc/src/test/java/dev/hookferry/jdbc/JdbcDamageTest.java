package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.id.EndpointId;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.commit.Batch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One bad row holds up nothing else. */
final class JdbcDamageTest {
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

  /** It failed the whole claim, again and again, so that nothing was sent any more. */
  @ParameterizedTest
  @EnumSource
  void handsOutTheOthersWhenOneEventCannotBeRead(Kind kind) {
    try (TestDatabase database = kind.create();
        TestNode node = new TestNode(database.url())) {
      EndpointId endpoint = node.samples.endpoint();
      Delivery bad = TestNode.delivery(commit(node, endpoint));
      Delivery whole = TestNode.delivery(commit(node, endpoint));
      String sql = "UPDATE hookferry_event SET type = '%s' WHERE id = '" + bad.event() + "'";
      database.execute(sql.formatted("no type"));

      assertThat(node.claim(endpoint)).containsExactly(whole);
      ClaimResult postponed = node.claimed(endpoint);
      assertThat(postponed.work()).isEmpty();
      assertThat(postponed.nextDue()).isEqualTo(TestNode.FAR_AHEAD.plusSeconds(60));

      database.execute(sql.formatted(bad.type()));
      database.execute(
          "UPDATE hookferry_delivery_queue SET due_at = created_at WHERE owner IS NULL");
      assertThat(node.claim(endpoint)).extracting(Delivery::id).containsExactly(bad.id());
    }
  }

  /** As if a page of its table were damaged. */
  @Test
  void handsOutTheOthersWhenTheDatabaseCannotReadOne() {
    try (TestDatabase database = Kind.POSTGRES.create();
        TestNode node = new TestNode(database.url())) {
      EndpointId endpoint = node.samples.endpoint();
      Delivery bad = TestNode.delivery(commit(node, endpoint));
      Delivery whole = TestNode.delivery(commit(node, endpoint));
      database.execute(
          """
          CREATE FUNCTION damaged() RETURNS bytea LANGUAGE plpgsql STABLE AS
            $$BEGIN RAISE EXCEPTION 'invalid page' USING ERRCODE = 'XX001'; END$$
          """);
      database.execute("ALTER TABLE hookferry_event RENAME TO whole_event");
      database.execute(
          """
          CREATE VIEW hookferry_event AS
          SELECT site, id, type, occurred_at, accepted_at, idempotency_key, fingerprint, options,
            CASE WHEN id = '%s' THEN damaged() ELSE payload END AS payload
          FROM whole_event
          """
              .formatted(bad.event()));

      assertThat(node.claim(endpoint)).containsExactly(whole);
      assertThat(node.claim(endpoint)).isEmpty();
      assertThat(node.store.deliveries().backlog(all -> true).pending()).isEqualTo(2);
    }
  }

  private static Batch commit(TestNode node, EndpointId endpoint) {
    Batch batch = node.oneEvent(endpoint);
    node.commit(batch);
    return batch;
  }

  /** Those behind it would wait forever. */
  @ParameterizedTest
  @EnumSource
  void continuesAKeyWhoseFirstDeliveryWasDeleted(Kind kind) {
    try (TestDatabase database = kind.create();
        TestNode node = new TestNode(database.url())) {
      EndpointId endpoint = node.samples.endpoint();
      Delivery first = ordered(node, endpoint);
      Delivery second = ordered(node, endpoint);
      Delivery third = ordered(node, endpoint);
      delete(database, first);
      delete(database, second);
      assertThat(node.claim(endpoint)).isEmpty();

      node.store.deliveries().repair();

      assertThat(node.claim(endpoint)).containsExactly(third);
      delete(database, third);
      Delivery fourth = ordered(node, endpoint);
      assertThat(node.claim(endpoint)).isEmpty();
      node.store.deliveries().repair();
      assertThat(node.claim(endpoint)).containsExactly(fourth);
      assertThat(database.query("SELECT key_queue FROM hookferry_key_waiting")).isEmpty();
    }
  }

  private static Delivery ordered(TestNode node, EndpointId endpoint) {
    Event event = node.samples.event();
    Delivery delivery = node.samples.delivery(event, endpoint).inOrder("a");
    node.commit(Batch.of(StoreHarness.free(event, delivery)));
    return delivery;
  }

  private static void delete(TestDatabase database, Delivery delivery) {
    database.execute(
        "DELETE FROM hookferry_delivery_queue WHERE event_id = '" + delivery.event() + "'");
  }
}
