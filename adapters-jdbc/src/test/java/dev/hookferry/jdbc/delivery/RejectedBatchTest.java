package dev.hookferry.jdbc.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.jdbc.Kind;
import dev.hookferry.jdbc.TestDatabase;
import dev.hookferry.jdbc.TestNode;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A value that the database refuses costs nobody else anything. */
final class RejectedBatchTest {
  private static final String ODD = "https://a.example/";

  /** As if a value had come through that a column cannot hold. */
  private static void refuse(TestDatabase database) {
    database.execute(
        "ALTER TABLE hookferry_attempt ADD CONSTRAINT no_unfit"
            + " CHECK (response_content_type <> 'unfit')");
    database.execute(
        "ALTER TABLE hookferry_event ADD CONSTRAINT no_deleted CHECK (type <> 'license_deleted')");
  }

  private static Outcome unfit() {
    Response response = new Response(200, Payload.of("hm"), false, "unfit", null);
    return Outcome.responded(response, Duration.ofMillis(3));
  }

  @ParameterizedTest
  @EnumSource
  void theStoreSaysThatItIsTheBatch(Kind kind) {
    try (TestDatabase database = kind.create();
        TestNode node = new TestNode(database.url())) {
      refuse(database);
      EndpointId endpoint = node.samples.endpoint();
      Delivery delivery = node.owned(endpoint);
      AttemptResult result =
          new AttemptResult(
              delivery.delivered(node.samples.now()), node.samples.attempt(delivery, unfit()));

      assertThatThrownBy(() -> node.commit(Batch.of(result)))
          .isInstanceOf(RejectedBatchException.class);

      Attempt other = node.samples.attempt(delivery, ScriptedTransport.status(200));
      node.commit(Batch.of(new AttemptResult(result.delivery(), other)));
      assertThat(node.store.log().delivery(delivery.site(), delivery.id()))
          .hasValueSatisfying(d -> assertThat(d.state()).isEqualTo(DeliveryState.DELIVERED));
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneRowOfManyHasAnEndOfItsOwn(Kind kind) {
    ScriptedTransport transport = new ScriptedTransport().responding(ODD, n -> unfit());
    try (TestDatabase database = kind.create();
        JdbcStore store = JdbcStore.open(JdbcStoreOptions.of(database.url()));
        Hookferry hookferry =
            Hookferry.builder(store, transport).secrets(Secrets.inTheClear()).build().start()) {
      refuse(database);
      Webhooks webhooks = hookferry.webhooks();
      webhooks.endpoints().create(SiteId.DEFAULT, EndpointSpec.to(ODD).types("*"));
      webhooks.endpoints().create(SiteId.DEFAULT, EndpointSpec.to("https://b.example/").types("*"));

      List<CompletableFuture<?>> answers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String type = i == 31 ? "license_deleted" : "license_created";
        answers.add(webhooks.publish(SiteId.DEFAULT, NewEvent.of(type, "{}")));
      }

      assertThatThrownBy(answers.get(31)::join).hasMessageContaining("rejects this event");
      answers.remove(31);
      answers.forEach(CompletableFuture::join);
      Poll.until(() -> store.deliveries().backlog(all -> true).pending() == 0);
      assertThat(store.log().deliveries(DeliveryQuery.ofSite(SiteId.DEFAULT)).data())
          .isNotEmpty()
          .allMatch(delivery -> delivery.state() == DeliveryState.DELIVERED);
      assertThat(store.log().attempts(AttemptQuery.ofSite(SiteId.DEFAULT)).data())
          .filteredOn(attempt -> attempt.url().equals(ODD))
          .isNotEmpty()
          .allMatch(attempt -> attempt.outcome().detail().contains("the store rejected"));
      assertThat(transport.requests()).as("none was sent twice").hasSize(2 * 59);
    }
  }
}
