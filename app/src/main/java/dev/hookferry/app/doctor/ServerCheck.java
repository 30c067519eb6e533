package dev.hookferry.app.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.client.ApiClient;
import java.util.function.Consumer;

/** Asks a running server how it is. */
public final class ServerCheck {
  private static final String HEALTH = "health";

  private final ApiClient client;

  /** Creates the check; it needs no API key. */
  public ServerCheck(ApiClient client) {
    this.client = client;
  }

  /**
   * Asks the server once.
   *
   * @throws dev.hookferry.app.client.ApiException if it does not reply
   */
  public void run(Consumer<Diagnosis> found) {
    JsonNode health = client.health();
    String status = health.path("status").asText();
    found.accept(
        status.equals("alive")
            ? Diagnosis.ok(HEALTH, "the server is alive")
            : Diagnosis.failure(
                HEALTH, "the server is not healthy: " + status, "restart it; see its log"));
    delivery(health, found);
    secrets(health.path("secrets").asText(), found);
    for (JsonNode fault : health.path("faults")) {
      found.accept(
          Diagnosis.warning(
              "faults",
              fault.path("kind").asText() + " fails since " + fault.path("since").asText(),
              "hookferry system shows the reason"));
    }
    if (health.has("unusableSchemas")) {
      found.accept(
          Diagnosis.warning(
              "schemas",
              health.path("unusableSchemas").asText() + " schemas cannot be used by this node",
              "run one version of Hookferry on all nodes"));
    }
    for (JsonNode outbox : health.path("outboxes")) {
      String state = outbox.path("state").asText();
      String text = "outbox " + outbox.path("name").asText() + " is " + state;
      found.accept(
          state.equals("relaying")
              ? Diagnosis.ok("outboxes", text)
              : Diagnosis.failure("outboxes", text, "hookferry outboxes list shows the problem"));
    }
  }

  private static void delivery(JsonNode health, Consumer<Diagnosis> found) {
    boolean isOn = health.path("delivery").asText().equals("on");
    found.accept(
        isOn
            ? Diagnosis.ok("delivery", "events are delivered")
            : Diagnosis.warning(
                "delivery",
                "delivery is off: events are accepted but not sent",
                "hookferry system shows why"));
  }

  private static void secrets(String state, Consumer<Diagnosis> found) {
    switch (state) {
      case "sealed" -> found.accept(Diagnosis.ok("secrets", "all are sealed"));
      case "stale" ->
          found.accept(
              Diagnosis.warning(
                  "secrets",
                  "a rotation of the master key is unfinished",
                  "run hookferry master-keys rotate again"));
      case "unsealed" ->
          found.accept(
              Diagnosis.warning(
                  "secrets",
                  "they are stored unencrypted",
                  "set secrets.masterKeyFile or HOOKFERRY_MASTER_KEY"));
      default ->
          found.accept(
              Diagnosis.failure(
                  "secrets",
                  "master keys are " + state,
                  "give every node the keys that hookferry master-keys list shows as missing"));
    }
  }
}
