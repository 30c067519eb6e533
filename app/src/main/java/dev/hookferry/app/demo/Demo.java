package dev.hookferry.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.demo.DemoReceivers.ReceiverRole;
import dev.hookferry.app.text.Table;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.id.EventType;
import dev.hookferry.signing.SignatureCheck;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs the demo step by step. For a single use by one thread. */
public final class Demo implements AutoCloseable {
  static final int RETRIES = 2;
  private static final int INTERVAL_SECONDS = 1;
  private static final String SITE_KEY = "demo-secret-key";
  private static final Duration MAX_TIME = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Consumer<String> say;
  private final DemoServer stage;
  private final DemoReceivers scene;
  private final ApiClient client;
  private final DemoTraffic traffic;
  private final String key;
  private @Nullable DemoOutbox outbox;
  private final Map<String, List<String>> secrets = new HashMap<>();

  /**
   * Starts the server and the receivers.
   *
   * @param port the API's port; 0 for any free port
   * @param key the admin key of the demo's server
   * @param say prints a line of output
   */
  public Demo(int port, String key, Consumer<String> say) throws IOException {
    this.say = say;
    this.key = key;
    scene = new DemoReceivers(InstantSource.system());
    try {
      stage = new DemoServer(port, key);
    } catch (IOException | RuntimeException e) {
      scene.close();
      throw e;
    }
    client = stage.client();
    traffic = new DemoTraffic(client, scene);
  }

  /**
   * Publishes the eight events, waits until all deliveries are final, and checks the results.
   *
   * @return the checks and whether they passed
   */
  public List<DemoFinding> run() throws InterruptedException {
    introduce();
    subscribe();
    List<EventType> types = EventCatalog.QLM_EVENTS;
    say.accept("");
    say.accept("3. Publishing QLM's eight events from realistic samples:");
    for (EventType type : types) {
      JsonNode receipt = client.post(site("events"), DemoEvents.of(type.name()));
      say.accept(
          String.format(
              "     %-18s  accepted as %s, deliveries: %d",
              type.name(), receipt.path("id").asText(), receipt.path("deliveries").asInt()));
    }
    awaitSettled();
    Evidence evidence =
        new Evidence(list("attempts"), list("deliveries"), scene.received(), secrets);
    say.accept("");
    say.accept("5. The log, with each signature verified against the received bytes:");
    table(evidence).lines().forEach(line -> say.accept("     " + line));
    return new Findings(evidence, types.size()).all();
  }

  /** Adds data to look at in the console; call after {@link #run}. */
  public void fill() {
    traffic.fill();
    outbox = new DemoOutbox(stage.webhooks());
  }

  /** Starts publishing an event every two seconds until this is closed. */
  public void keepPublishing() {
    traffic.start();
  }

  /** Returns the address, key and receivers for use while the demo keeps running. */
  public Map<String, String> access() {
    return Map.of("address", stage.address(), "key", key, "receivers", scene.address());
  }

  private void introduce() {
    say.accept("1. Server at " + stage.address() + ", store in " + stage.folder());
    say.accept("   It may call " + DemoServer.OPENED + " over http, which this demo allows.");
    say.accept("   By default, webhooks may only target the public internet over https.");
    say.accept("   Three receivers at " + scene.address() + ":");
    for (ReceiverRole actor : ReceiverRole.values()) {
      say.accept(String.format("     %-9s %s", actor.path(), actor.behaviour()));
    }
  }

  private void subscribe() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("webHookMaxRetries", RETRIES);
    settings.put("webHookRetryInterval", INTERVAL_SECONDS);
    settings.put("webHookSecretKey", SITE_KEY);
    JsonNode unused = client.patch(site("settings"), settings);
    say.accept("");
    say.accept("2. The settings under their QLM names, and one endpoint per receiver:");
    say.accept(
        "     webHookMaxRetries="
            + RETRIES
            + "  webHookRetryInterval="
            + INTERVAL_SECONDS
            + "  webHookSecretKey="
            + SITE_KEY);
    for (ReceiverRole actor : ReceiverRole.values()) {
      ObjectNode endpoint = JsonNodeFactory.instance.objectNode().put("url", scene.url(actor));
      endpoint.putArray("eventTypes").add(actor.wants());
      JsonNode created = client.post(site("endpoints"), endpoint);
      secrets.put(actor.path(), List.of(SITE_KEY, created.path("secret").asText()));
      say.accept(
          String.format(
              "     %-9s receives %-15s  %s",
              actor.path(), actor.wants(), created.path("id").asText()));
    }
  }

  private void awaitSettled() throws InterruptedException {
    say.accept("");
    say.accept("4. Delivering; failed attempts are retried after " + INTERVAL_SECONDS + " s …");
    long end = System.nanoTime() + MAX_TIME.toNanos();
    while (isBusy()) {
      if (System.nanoTime() > end) {
        say.accept("   some deliveries are still pending after " + MAX_TIME.toSeconds() + " s");
        return;
      }
      Thread.sleep(LOOK.toMillis());
    }
    say.accept("   All deliveries are final.");
  }

  private boolean isBusy() {
    return list("deliveries").stream()
        .anyMatch(delivery -> delivery.path("status").asText().equals("pending"));
  }

  /** Fetches up to 500 items of a list, oldest first. */
  private List<JsonNode> list(String what) {
    List<JsonNode> all = new ArrayList<>();
    client.get(site(what).with("limit", 500)).path("data").forEach(all::add);
    Collections.reverse(all);
    return all;
  }

  private static Table table(Evidence evidence) {
    Table table = Table.of("TIME", "EVENT TYPE", "TO", "ATTEMPT", "OUTCOME", "MS", "SIGNATURES");
    for (JsonNode attempt : evidence.attempts()) {
      String status = attempt.path("statusCode").asText("");
      table.row(
          attempt.path("startedAt").asText().substring("2026-01-01T".length()),
          attempt.path("eventType").asText(),
          attempt.path("url").asText().replaceFirst("^[a-z]+://[^/]+", ""),
          attempt.path("number").asText(),
          attempt.path("outcome").asText() + " " + status,
          attempt.path("durationMillis").asText(),
          evidence
              .received(attempt)
              .map(request -> words(evidence.signatures(request)))
              .orElse("not received"));
    }
    return table;
  }

  private static String words(List<SignatureCheck> checks) {
    return checks.stream().map(SignatureCheck::text).collect(Collectors.joining(", "));
  }

  private static Path site(String what) {
    return Path.ofSite("default", what);
  }

  @Override
  public void close() {
    traffic.close();
    if (outbox != null) {
      outbox.close();
    }
    scene.close();
    stage.close();
  }
}
