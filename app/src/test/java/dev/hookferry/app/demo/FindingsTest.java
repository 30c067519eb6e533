package dev.hookferry.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.signing.StandardSignature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every promise of the demo can be found broken. */
final class FindingsTest {
  private static final String KEY = "demo";
  private static final StandardSecret SECRET =
      StandardSecret.parse("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz");
  private static final Instant NOW = Instant.parse("2026-04-29T16:39:49Z");

  private final List<JsonNode> attempts = new ArrayList<>();
  private final List<JsonNode> deliveries = new ArrayList<>();
  private final List<Received> received = new ArrayList<>();

  @BeforeEach
  void everythingAsPromised() {
    happened("/crm", 1, "delivered");
    happened("/billing", 1, "http_error");
    happened("/billing", 2, "http_error");
    happened("/billing", 3, "delivered");
    happened("/archive", 1, "http_error");
    happened("/archive", 2, "http_error");
    happened("/archive", 3, "http_error");
    deliveries.add(
        JsonNodeFactory.instance.objectNode().put("status", "exhausted").put("attempts", 3));
  }

  @Test
  void allIsAsPromised() {
    assertThat(broken()).isEmpty();
  }

  @Test
  void aRequestTooMany() {
    happened("/crm", 2, "delivered");
    assertThat(broken()).containsExactly(0);
  }

  @Test
  void anAttemptMissingInTheLog() {
    attempts.remove(2);
    assertThat(broken()).containsExactly(5);
  }

  @Test
  void aRecoveryTooLate() {
    happened("/billing", 4, "delivered");
    assertThat(broken()).containsExactly(1);
  }

  @Test
  void nothingExhausted() {
    deliveries.clear();
    assertThat(broken()).containsExactly(2);
  }

  @Test
  void anAlteredBody() {
    Received first = received.get(2);
    received.set(
        2,
        new Received(
            first.at(), first.method(), first.path(), first.headers(), Payload.of("{\"x\":1}")));
    assertThat(broken()).containsExactly(3, 4);
  }

  private List<Integer> broken() {
    List<String> secrets = List.of(KEY, SECRET.reveal());
    Map<String, List<String>> byPath =
        Map.of("/crm", secrets, "/billing", secrets, "/archive", secrets);
    List<DemoFinding> findings =
        new Findings(new Evidence(attempts, deliveries, received, byPath), 1).all();
    List<Integer> broken = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      if (!findings.get(i).passed()) {
        broken.add(i);
      }
    }
    return broken;
  }

  private void happened(String path, int number, String outcome) {
    Payload body = Payload.of("{}");
    EventId event = new EventId("evt-1");
    received.add(
        new Received(
            NOW,
            "POST",
            path,
            Map.of(
                "webhook-id", event.value(),
                "webhook-timestamp", "" + NOW.getEpochSecond(),
                "webhook-signature", StandardSignature.of(event, NOW, body, List.of(SECRET)),
                "x-qlm-signature", QlmSignature.of(body, KEY),
                "hookferry-attempt", "" + number),
            body));
    attempts.add(
        JsonNodeFactory.instance
            .objectNode()
            .put("event", event.value())
            .put("url", "http://127.0.0.1:1" + path)
            .put("number", number)
            .put("outcome", outcome));
  }
}
