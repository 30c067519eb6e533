package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.access.Scope;
import dev.hookferry.http.Served;
import dev.hookferry.outbox.ListedOutbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRoutesTest {
  private static final String OUTBOXES = "/api/v1/outboxes";
  private static final String ORDERS = OUTBOXES + "/orders";

  private final Served served = new Served();
  private final ListedOutbox orders = new ListedOutbox("orders", 5);

  @BeforeEach
  void add() {
    served.webhooks.outboxes().add(orders);
  }

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void outboxesAreListedWithWhatIsKnownOfThem() {
    assertThat(served.get(OUTBOXES).body())
        .isEqualTo(
            """
            {"data":[{"name":"orders","state":"relaying","problem":null,"database":"db",\
            "table":"hookferry_outbox","pending":3,"oldestAt":"2026-11-27T12:00:00Z","rejected":5,\
            "relayedSinceStart":7,"rejectedSinceStart":2}],"next":null}\
            """);
    orders.down();
    JsonNode down = served.get(OUTBOXES).json().at("/data/0");
    assertThat(down.path("state").asText()).isEqualTo("failing");
    assertThat(down.path("pending").isNull()).isTrue();
  }

  @Test
  void rejectedRowsComeInPages() {
    JsonNode first = served.get(ORDERS + "/rejected?limit=3").json();
    assertThat(first.path("data").findValuesAsText("id")).containsExactly("5", "4", "3");
    assertThat(first.at("/data/0/reason").asText()).isEqualTo("type: is not known");
    String next = first.path("next").asText();
    JsonNode second = served.get(ORDERS + "/rejected?limit=3&cursor=" + next).json();
    assertThat(second.path("data").findValuesAsText("eventId"))
        .containsExactly("order-2", "order-1");
    assertThat(second.path("next").isNull()).isTrue();
  }

  @Test
  void rowsAreRetriedAndDiscarded() {
    assertThat(served.post(ORDERS + "/retry", "{\"ids\":[\"4\",\"5\",\"99\"]}").body())
        .isEqualTo("{\"retried\":2}");
    assertThat(served.post(ORDERS + "/discard", "{\"all\":true,\"newest\":\"2\"}").body())
        .isEqualTo("{\"discarded\":2}");
    assertThat(served.post(ORDERS + "/discard", "{\"all\":true}").body())
        .isEqualTo("{\"discarded\":1}");
  }

  @Test
  void refusesAnInvalidSelection() {
    for (String body :
        new String[] {
          "{}",
          "{\"all\":false}",
          "{\"ids\":[]}",
          "{\"ids\":[\"x\"]}",
          "{\"ids\":[1]}",
          "{\"ids\":[\"1\"],\"all\":true}",
          "{\"ids\":[\"1\"],\"newest\":\"1\"}",
          "{\"all\":true,\"newest\":\"x\"}",
          "{\"rows\":[\"1\"]}"
        }) {
      assertThat(served.post(ORDERS + "/discard", body).status()).as(body).isEqualTo(400);
    }
    assertThat(served.get(ORDERS + "/rejected").json().path("data")).hasSize(5);
  }

  @Test
  void unknownOutboxIs404AndFailedDatabaseIs503() {
    assertThat(served.get(OUTBOXES + "/billing/rejected").status()).isEqualTo(404);
    orders.down();
    assertThat(served.get(ORDERS + "/rejected").status()).isEqualTo(503);
    assertThat(served.post(ORDERS + "/retry", "{\"all\":true}").status()).isEqualTo(503);
  }

  @Test
  void onlyAdminsMay() {
    String manager = "Bearer " + served.key(null, Scope.MANAGE);
    for (String[] call : new String[][] {{"GET", OUTBOXES}, {"POST", ORDERS + "/retry"}}) {
      Served.Answer answer =
          served.send(call[0], call[1], null, r -> r.setHeader("Authorization", manager));
      assertThat(answer.status()).isEqualTo(403);
    }
  }

  @Test
  void healthAndMetricsIncludeOutboxes() {
    assertThat(served.get("/healthz").json().path("outboxes").toString())
        .isEqualTo("[{\"name\":\"orders\",\"state\":\"relaying\"}]");
    assertThat(served.get("/metrics").body())
        .contains(
            "hookferry_outbox_relayed_total{outbox=\"orders\"} 7.0",
            "hookferry_outbox_rejected_total{outbox=\"orders\"} 2.0",
            "hookferry_outbox_pending{outbox=\"orders\"} 3.0",
            "hookferry_outbox_rejected_rows{outbox=\"orders\"} 5.0",
            "hookferry_outbox_failing{outbox=\"orders\"} 0.0",
            "hookferry_outbox_lag_seconds{outbox=\"orders\"} ");
  }
}
