package dev.hookferry.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.Served;
import dev.hookferry.http.Served.Answer;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A customer's program sends an endpoint the events that it never got. */
class PortalMissedCallsTest {
  private static final String LATER = "https://mine.example/later";
  private static final String ON = "{\"enabled\":true}";
  private static final FuzzStores STORES = new FuzzStores();

  @TempDir private Path folder;

  @AfterAll
  static void removeDatabases() throws IOException {
    STORES.close();
  }

  static List<String> kinds() {
    return FuzzStores.kinds();
  }

  private static String path(Endpoint endpoint) {
    return "/endpoints/" + endpoint.id() + "/missed-events";
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theyAreCountedAndSentOnEveryStore(String store) {
    Served served = new Served(options -> options, memory -> STORES.open(store, memory, folder));
    try (PortalScene scene = new PortalScene(served, ON)) {
      scene.publish(customer -> "{\"of\":\"" + customer + "\"}");
      String since = "\"since\":\"" + served.clock.instant().minusSeconds(60) + "\"";
      served.clock.advance(Duration.ofMinutes(1));
      Endpoint later = scene.endpoint(LATER, "c-1");
      String token = scene.token("");
      String counting = "{" + since + ",\"dryRun\":true}";
      Answer counted = scene.call(token, "POST", path(later), counting);
      assertThat(counted.status()).as(counted.body()).isEqualTo(200);
      assertThat(counted.json().toString()).isEqualTo("{\"sending\":false,\"count\":1,\"sent\":0}");
      assertThat(served.transport.requestsTo(LATER)).isEmpty();

      Answer begun = scene.call(token, "POST", path(later), "{" + since + "}");
      assertThat(begun.status()).as(begun.body()).isEqualTo(200);
      assertThat(begun.json().toString()).isEqualTo("{\"sending\":true,\"count\":1,\"sent\":0}");
      Poll.until(() -> served.transport.requestsTo(LATER).size() == 1);
      assertThat(served.transport.requestsTo(LATER).get(0).body().text()).contains("c-1");
      assertThat(served.transport.requestsTo(PortalScene.THEIRS)).hasSize(1);
      Poll.until(
          () -> {
            served.clock.advance(Duration.ofSeconds(1));
            return !scene.call(token, "GET", path(later), null).json().path("sending").asBoolean();
          });
      assertThat(scene.call(token, "POST", path(later), counting).body()).contains("\"count\":0");
      assertThat(served.webhooks.audit().list(AuditQuery.ALL).data())
          .filteredOn(entry -> entry.action() == AuditAction.REPLAY_STARTED)
          .singleElement()
          .satisfies(entry -> assertThat(entry.actor().name()).isEqualTo("portal:c-1 \"Ada\""));
    }
  }

  @Test
  void othersAndLinksWithoutTheRightAreRefused() {
    try (PortalScene scene = new PortalScene(ON)) {
      String token = scene.token("");
      String reader = scene.token(",\"can\":[\"test\"]");
      String period = "{\"since\":\"2026-01-01T00:00:00Z\"}";
      assertThat(scene.call(token, "POST", path(scene.theirs), period).status()).isEqualTo(404);
      assertThat(scene.call(token, "GET", path(scene.theirs), null).status()).isEqualTo(404);
      assertThat(scene.call(reader, "POST", path(scene.mine), period).status()).isEqualTo(403);
      assertThat(scene.call(reader, "GET", path(scene.mine), null).status()).isEqualTo(403);
    }
  }

  @Test
  void aPeriodNeedsABeginningAndHasNoRate() {
    try (PortalScene scene = new PortalScene(ON)) {
      String token = scene.token("");
      for (Map.Entry<String, String> refused :
          Map.of(
                  "{}",
                  "\"since\"",
                  "{\"since\":\"2026-01-01T00:00:00Z\",\"rate\":900}",
                  "\"rate\"",
                  "{\"since\":\"2026-01-02T00:00:00Z\",\"until\":\"2026-01-01T00:00:00Z\"}",
                  "\"until\"")
              .entrySet()) {
        Answer answer = scene.call(token, "POST", path(scene.mine), refused.getKey());
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(refused.getValue());
      }
    }
  }

  @Test
  void theyAreSentOnceAtATime() {
    try (PortalScene scene = new PortalScene(ON)) {
      NewEvent event = NewEvent.of("license_created", "{}").labels(Map.of("customer", "c-1"));
      var unused =
          scene.served.webhooks.publishAll(SiteId.DEFAULT, Collections.nCopies(31, event)).join();
      scene.served.clock.advance(Duration.ofMinutes(1));
      Endpoint later = scene.endpoint(LATER, "c-1");
      String token = scene.token("");
      String period = "{\"since\":\"2026-01-01T00:00:00Z\"}";
      assertThat(scene.call(token, "POST", path(later), period).status()).isEqualTo(200);
      Answer again = scene.call(token, "POST", path(later), period);
      assertThat(again.status()).as(again.body()).isEqualTo(409);
      Answer progress = scene.call(token, "GET", path(later), null);
      assertThat(progress.json().path("sending").asBoolean()).isTrue();
      assertThat(progress.json().path("count").asInt()).isEqualTo(31);
    }
  }
}
