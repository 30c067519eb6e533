package dev.hookferry.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.demo.DemoReceivers.Actor;
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

/** The demo, step by step. Used once, by one thread. */
public final class Demo implements AutoCloseable {
  static final int RETRIES = 2;
  private static final int INTERVAL_SECONDS = 1;
  private static final String SITE_KEY = "demo-secret-key";
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Consumer<String> say;
  private final DemoServer stage;
  private final DemoReceivers scene;
  private final ApiClient client;
  private final DemoTraffic bustle;
  private final String key;
  private final Map<String, List<String>> secrets = new HashMap<>();

  /**
   * Sets everything up.
   *
   * @param port where the API listens; 0 for any that is free
   * @param key the admin key of the demo's server
   * @param say takes the lines that a person reads
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
    bustle = new DemoTraffic(client, scene);
  }

  /**
   * Publishes the eight events, waits until all is settled, and judges what came of it.
   *
   * @return the promises and whether they were kept
   */
  public List<Finding> run() throws InterruptedException {
    introduce();
    subscribe();
    List<EventType> types = EventCatalog.QLM_EVENTS;
    say.accept("");
    say.accept("3. Publishing QLM's eight events from realistic samples:");
    for (EventType type : types) {
      JsonNode receipt = client.post(site("events"), DemoEvents.of(type.name()));
      say.accept(
          String.format(
              "     %-18s  accepted as %s, %d to deliver",
              type.name(), receipt.path("id").asText(), receipt.path("deliveries").asInt()));
    }
    awaitSettled();
    Evidence evidence =
        new Evidence(list("attempts"), list("deliveries"), scene.received(), secrets);
    say.accept("");
    say.accept("5. The log, each signature recomputed from the bytes that arrived:");
    table(evidence).lines().forEach(line -> say.accept("     " + line));
    return new Findings(evidence, types.size()).all();
  }

  /** Sets up more for a person who looks around in the console; to be called after {@link #run}. */
  public void fill() {
    bustle.fill();
  }

  /** Goes on publishing, an event every two seconds, until this is closed. */
  public void goOn() {
    bustle.start();
  }

  /** What a person needs who wants to look around while it is kept running. */
  public Map<String, String> access() {
    return Map.of("address", stage.address(), "key", key, "receivers", scene.address());
  }

  private void introduce() {
    say.accept("1. A server at " + stage.address() + ", its store in " + stage.folder());
    say.accept(
        "   It may call " + DemoServer.OPENED + " over http, which this demo allows for itself.");
    say.accept("   By default, webhooks lead to the public internet over https and nowhere else.");
    say.accept("   Three receivers at " + scene.address() + ":");
    for (Actor actor : Actor.values()) {
      say.accept(String.format("     %-9s %s", actor.path(), actor.habit()));
    }
  }

  private void subscribe() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("webHookMaxRetries", RETRIES);
    settings.put("webHookRetryInterval", INTERVAL_SECONDS);
    settings.put("webHookSecretKey", SITE_KEY);
    JsonNode unused = client.patch(site("settings"), settings);
    say.accept("");
    say.accept("2. The settings by QLM's names, and an endpoint for each receiver:");
    say.accept(
        "     webHookMaxRetries="
            + RETRIES
            + "  webHookRetryInterval="
            + INTERVAL_SECONDS
            + "  webHookSecretKey="
            + SITE_KEY);
    for (Actor actor : Actor.values()) {
      ObjectNode endpoint = JsonNodeFactory.instance.objectNode().put("url", scene.url(actor));
      endpoint.putArray("eventTypes").add(actor.wants());
      JsonNode made = client.post(site("endpoints"), endpoint);
      secrets.put(actor.path(), List.of(SITE_KEY, made.path("secret").asText()));
      say.accept(
          String.format(
              "     %-9s wants %-15s  %s", actor.path(), actor.wants(), made.path("id").asText()));
    }
  }

  private void awaitSettled() throws InterruptedException {
    say.accept("");
    say.accept("4. Delivering; what fails is tried again after " + INTERVAL_SECONDS + " s …");
    long end = System.nanoTime() + LONGEST.toNanos();
    while (isBusy()) {
      if (System.nanoTime() > end) {
        say.accept("   not all is settled after " + LONGEST.toSeconds() + " s");
        return;
      }
      Thread.sleep(LOOK.toMillis());
    }
    say.accept("   All deliveries are settled.");
  }

  private boolean isBusy() {
    return list("deliveries").stream()
        .anyMatch(delivery -> delivery.path("status").asText().equals("pending"));
  }

  /** All of a list, oldest first. */
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
    bustle.close();
    scene.close();
    stage.close();
  }
}
