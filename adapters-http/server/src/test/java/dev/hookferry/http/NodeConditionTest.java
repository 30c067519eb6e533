package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.store.StoreFullException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests how the API reports the node's own failures. */
class NodeConditionTest {
  private static final String REASON = "our resolver is down at 10.1.2.3";

  @Test
  void failedResolverIsShownEverywhereUntilItWorks() {
    try (Served served = new Served()) {
      Outcome down = Outcome.failed(OutcomeKind.RESOLVER_ERROR, REASON, Duration.ZERO);
      served.transport.responding(Served.URL, n -> down);
      served.post(
          Served.DEFAULT + "/endpoints", "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}");
      served.post(Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":{}}");
      Poll.until(() -> !faults(served, "/healthz").isEmpty());

      JsonNode open = faults(served, "/healthz").get(0);
      assertThat(open.path("kind").asText()).isEqualTo("resolver");
      assertThat(open.path("reason").asText())
          .as("open to everybody")
          .isEqualTo("the name resolver does not respond");
      JsonNode system = faults(served, "/api/v1/system").get(0);
      assertThat(system.path("reason").asText()).isEqualTo(REASON);
      assertThat(system.path("count").asInt()).isEqualTo(1);
      JsonNode endpoint = served.get(Served.DEFAULT + "/endpoints").json().at("/data/0/health");
      assertThat(endpoint.at("/ownFault/reason").asText()).isEqualTo(REASON);
      assertThat(endpoint.path("state").asText()).isEqualTo("failing");
      assertThat(served.get("/metrics").body())
          .contains("hookferry_own_faults{kind=\"resolver\"} 1.0\n")
          .contains("hookferry_own_faults{kind=\"store\"} 0.0\n")
          .contains("hookferry_delivery_enabled 1.0\n");

      served.transport.responding(Served.URL, 200);
      served.clock.advance(Duration.ofMinutes(1));
      Poll.until(() -> faults(served, "/healthz").isEmpty());
      assertThat(served.get("/healthz").json().path("delivery").asText()).isEqualTo("on");
    }
  }

  /** Events are still sent, so it is no outage of the store. */
  @Test
  void reportsAFullDisk() {
    BlockableStore[] store = new BlockableStore[1];
    try (Served served =
        new Served(options -> options, plain -> store[0] = new BlockableStore(plain))) {
      store[0].with(
          () -> {
            throw new StoreFullException(
                "the disk is nearly full", "the disk of /data is nearly full");
          });

      Served.Answer refused =
          served.post(Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":{}}");

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("the store has no room for new events");
      Poll.until(() -> !faults(served, "/healthz").isEmpty());
      JsonNode open = faults(served, "/healthz").get(0);
      assertThat(open.path("kind").asText()).isEqualTo("store");
      assertThat(open.path("reason").asText()).isEqualTo("the disk is nearly full");
      assertThat(faults(served, "/api/v1/system").get(0).path("reason").asText())
          .endsWith("the disk of /data is nearly full");
    }
  }

  private static JsonNode faults(Served served, String path) {
    return served.get(path).json().path("faults");
  }
}
