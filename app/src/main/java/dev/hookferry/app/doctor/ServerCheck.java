package dev.hookferry.app.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import dev.hookferry.field.DurationText;
import dev.hookferry.observe.EndpointHealth;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the health of a running server through its API. */
public final class ServerCheck {
  private static final String HEALTH = "health";
  private static final String KEY = "key";
  private static final String DELIVERY = "delivery";
  private static final String STORE = "store";

  /** Labels of states in which endpoints get fewer requests than due, by name in the metrics. */
  private static final Map<String, String> STATES = states();

  private static final Pattern VERSION =
      Pattern.compile("(?m)^hookferry_build_info\\{version=\"([^\"]*)\"");

  private static final long TOLERATED_SECONDS = 60;

  private final ApiClient client;
  private final boolean hasKey;

  /**
   * Creates the check, which needs no API key.
   *
   * @param hasKey whether the client has one, which is then checked as well
   */
  public ServerCheck(ApiClient client, boolean hasKey) {
    this.client = client;
    this.hasKey = hasKey;
  }

  private static Map<String, String> states() {
    Map<String, String> words = new LinkedHashMap<>();
    for (EndpointHealth.State state :
        List.of(
            EndpointHealth.State.FAILING,
            EndpointHealth.State.BACKING_OFF,
            EndpointHealth.State.DISABLED)) {
      words.put(state.code(), state.label());
    }
    return words;
  }

  /**
   * Queries the server once and reports the findings.
   *
   * @throws dev.hookferry.app.client.ApiException if it does not respond
   */
  public void run(Consumer<Diagnosis> found) {
    JsonNode health = client.probe("/healthz");
    String status = health.path("status").asText();
    String metrics = client.metrics().orElse("");
    found.accept(
        status.equals("alive")
            ? Diagnosis.ok(HEALTH, "the server is alive" + version(metrics))
            : Diagnosis.failure(
                HEALTH, "the server is not healthy: " + status, "restart it; see its log"));
    key(found);
    delivery(health, metrics, found);
    secrets(health.path("secrets").asText(), found);
    boolean isReady = client.probe("/readyz").path("status").asText().equals("ready");
    faults(health.path("faults"), isReady, found);
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

  /** Reports the server's own recent failures, and whether it accepts events. */
  private static void faults(JsonNode faults, boolean isReady, Consumer<Diagnosis> found) {
    boolean hasStoreFault = false;
    for (JsonNode fault : faults) {
      String kind = fault.path("kind").asText();
      String text = fault.path("reason").asText() + " (since " + fault.path("since").asText() + ")";
      if (kind.equals(STORE)) {
        hasStoreFault = true;
        found.accept(store(text, isReady));
      } else {
        found.accept(
            Diagnosis.warning(
                "faults", kind + ": " + text, "hookferry system shows the last failure"));
      }
    }
    if (!isReady && !hasStoreFault) {
      found.accept(
          Diagnosis.failure(
              "ready",
              "the server does not accept events at the moment",
              "if it is not stopping, check its store; see the server's log"));
    }
  }

  private static Diagnosis store(String text, boolean isReady) {
    String remedy = "check the database or the disk; see the server's log";
    return isReady
        ? Diagnosis.warning(STORE, text, remedy)
        : Diagnosis.failure(STORE, text + "; events are refused with 503", remedy);
  }

  /** Reports the key's permissions: the other checks need no key and would hide a wrong one. */
  private void key(Consumer<Diagnosis> found) {
    if (!hasKey) {
      found.accept(Diagnosis.ok(KEY, "no API key given; the checks do not need one"));
      return;
    }
    try {
      JsonNode key = client.get(Path.of("keys", "self"));
      StringJoiner scopes = new StringJoiner(", ");
      key.path("scopes").forEach(scope -> scopes.add(scope.asText()));
      String site = key.path("site").asText("");
      String reach = site.isEmpty() ? "all sites" : "site " + site;
      String name = key.path("name").asText();
      found.accept(Diagnosis.ok(KEY, "%s (%s, %s)".formatted(name, scopes, reach)));
    } catch (ApiException e) {
      found.accept(ofKey(e));
    }
  }

  private static Diagnosis ofKey(ApiException e) {
    return e.status() == 401 || e.status() == 403
        ? Diagnosis.failure(
            KEY,
            String.valueOf(e.getMessage()),
            "set HOOKFERRY_KEY to a key of this server; an administrator creates one with"
                + " hookferry keys add")
        : Diagnosis.warning(
            KEY, "cannot be checked: " + e.getMessage(), "run hookferry doctor again later");
  }

  private static void delivery(JsonNode health, String metrics, Consumer<Diagnosis> found) {
    if (!health.path("delivery").asText().equals("on")) {
      found.accept(
          Diagnosis.warning(
              DELIVERY,
              "delivery is off: events are accepted but not sent",
              "hookferry system shows why"));
      return;
    }
    StringJoiner text = new StringJoiner("; ").add("delivery is on");
    STATES.forEach(
        (state, words) -> {
          long count = sum(metrics, "endpoints\\{state=\"" + state + "\"}");
          if (count > 0) {
            text.add((count == 1 ? "1 endpoint is " : count + " endpoints are ") + words);
          }
        });
    long late = sum(metrics, "backlog_late_seconds");
    if (late > TOLERATED_SECONDS) {
      text.add(
          "the oldest pending delivery is " + DurationText.of(Duration.ofSeconds(late)) + " late");
    }
    boolean isFine = text.toString().equals("delivery is on");
    if (isFine && !metrics.isEmpty()) {
      text.add("no endpoint is failing");
    }
    long exhausted = sum(metrics, "deliveries_settled_total\\{[^}]*state=\"exhausted\"[^}]*}");
    if (exhausted > 0) {
      text.add(exhausted + " exhausted since the server started");
    }
    found.accept(
        isFine
            ? Diagnosis.ok(DELIVERY, text.toString())
            : Diagnosis.warning(
                DELIVERY, text.toString(), "hookferry problems list shows the causes"));
  }

  private static String version(String metrics) {
    Matcher version = VERSION.matcher(metrics);
    return version.find() ? " and runs version " + version.group(1) : "";
  }

  /** Returns the sum of a metric's values; 0 if there are none. */
  private static long sum(String metrics, String name) {
    return Pattern.compile("(?m)^hookferry_" + name + " ([0-9.E+-]+)")
        .matcher(metrics)
        .results()
        .mapToLong(found -> (long) Double.parseDouble(found.group(1)))
        .sum();
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
