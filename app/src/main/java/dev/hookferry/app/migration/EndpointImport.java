package dev.hookferry.app.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.migration.ImportReport.Kind;
import dev.hookferry.app.migration.ImportReport.Result;
import dev.hookferry.app.migration.PlannedEndpoint.State;
import dev.hookferry.endpoint.HeaderRules;
import dev.hookferry.endpoint.SecretFields;
import dev.hookferry.limit.LimitFields;
import dev.hookferry.signing.SecretType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Creates and updates the endpoints of a site, each found by its uid. */
final class EndpointImport {
  private static final String ENDPOINTS = "endpoints";
  private static final String HEADERS = "headers";
  private static final String LABELS = "labels";
  private static final String LIMITS = "limits";

  private final TargetServer server;
  private final ImportReport report;
  private final ImportChoices choices;

  EndpointImport(TargetServer server, ImportReport report, ImportChoices choices) {
    this.server = server;
    this.report = report;
    this.choices = choices;
  }

  /**
   * Imports endpoints.
   *
   * @param isNew whether the site does not exist, as in a dry run that would create it, so that
   *     there is nothing to read
   */
  void run(String site, boolean isNew, List<PlannedEndpoint> planned) {
    Map<String, JsonNode> existing = new HashMap<>();
    if (!isNew && !planned.isEmpty()) {
      for (JsonNode endpoint : server.all(Path.ofSite(site, ENDPOINTS))) {
        existing.put(endpoint.path("uid").asText(), endpoint);
      }
    }
    for (PlannedEndpoint endpoint : planned) {
      addUserAgent(endpoint.fields().withObjectProperty(HEADERS));
      try {
        JsonNode before = existing.get(endpoint.uid());
        if (before == null) {
          create(site, endpoint);
          report.add(Kind.ENDPOINT, endpoint.subject(), Result.CREATED, "");
        } else {
          report.present(Kind.ENDPOINT, endpoint.subject(), update(site, endpoint, before));
        }
      } catch (ApiException e) {
        if (!TargetServer.isRefusal(e)) {
          throw e;
        }
        report.add(
            Kind.ENDPOINT, endpoint.subject(), Result.FAILED, String.valueOf(e.getMessage()));
      }
    }
  }

  private void addUserAgent(ObjectNode headers) {
    boolean hasOne =
        headers.propertyStream().anyMatch(h -> h.getKey().equalsIgnoreCase(HeaderRules.USER_AGENT));
    if (choices.userAgent() != null && !hasOne) {
      headers.put(HeaderRules.USER_AGENT, choices.userAgent());
    }
  }

  private void create(String site, PlannedEndpoint endpoint) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    endpoint
        .fields()
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().isNull()) {
                body.set(field.getKey(), field.getValue());
              }
            });
    body.put("enabled", endpoint.state() == State.ENABLED);
    ArrayNode secret = body.putArray(HeaderChanges.MARKS);
    endpoint.headers().secret().forEach(secret::add);
    if (!endpoint.secrets().isEmpty()) {
      body.put("secret", endpoint.secrets().get(0));
    } else if (endpoint.keyPair()) {
      body.put(SecretFields.TYPE.name(), SecretType.ED25519.code());
    }
    server.post(Path.ofSite(site, ENDPOINTS), body);
    for (int i = 1; i < endpoint.secrets().size(); i++) {
      server.post(secretPath(site, endpoint), rotation(endpoint, endpoint.secrets().get(i)));
    }
  }

  private static Path secretPath(String site, PlannedEndpoint endpoint) {
    return Path.ofSite(site, ENDPOINTS, endpoint.uid(), "rotate-secret");
  }

  private static ObjectNode rotation(PlannedEndpoint endpoint, String secret) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("secret", secret)
        .put("overlapSeconds", endpoint.overlap().toSeconds());
  }

  /** Updates an endpoint; returns the names of the changed fields. */
  private List<String> update(String site, PlannedEndpoint endpoint, JsonNode before) {
    ObjectNode changes = FieldChanges.between(before, wanted(endpoint, before));
    HeaderChanges.add(changes, endpoint, before, choices.overwriteSecrets());
    FieldChanges.addMetadata(changes, before, metadata(endpoint));
    changeState(changes, endpoint, before);
    if (choices.overwriteSecrets() && endpoint.fields().has("auth")) {
      changes.set("auth", endpoint.fields().path("auth"));
    }
    if (!changes.isEmpty()) {
      server.patch(Path.ofSite(site, ENDPOINTS, endpoint.uid()), changes);
    }
    List<String> names = new ArrayList<>(FieldChanges.names(changes));
    if (isOtherSecret(site, endpoint, before)) {
      names.add("secret");
    }
    return names;
  }

  /** Returns the fields that the other system defines, merged with parts that exist only here. */
  private static ObjectNode wanted(PlannedEndpoint endpoint, JsonNode before) {
    ObjectNode wanted = endpoint.fields().deepCopy();
    wanted.remove(endpoint.coverage().defaults());
    if (wanted.has(LABELS)) {
      ObjectNode labels = wanted.withObjectProperty(LABELS);
      for (Map.Entry<String, JsonNode> label : before.path(LABELS).properties()) {
        if (!endpoint.coverage().labels().test(label.getKey())) {
          labels.set(label.getKey(), label.getValue());
        }
      }
    }
    JsonNode concurrency = before.path(LIMITS).path(LimitFields.CONCURRENCY.name());
    if (wanted.has(LIMITS) && !concurrency.isMissingNode()) {
      ObjectNode limits = JsonNodeFactory.instance.objectNode();
      wanted
          .path(LIMITS)
          .properties()
          .forEach(limit -> limits.set(limit.getKey(), limit.getValue()));
      wanted.set(LIMITS, limits.set(LimitFields.CONCURRENCY.name(), concurrency));
    }
    return wanted;
  }

  private static Map<String, String> metadata(PlannedEndpoint endpoint) {
    Map<String, String> all = new HashMap<>();
    endpoint
        .fields()
        .path("metadata")
        .properties()
        .forEach(pair -> all.put(pair.getKey(), pair.getValue().asText()));
    return all;
  }

  /** Adds a change of state, except if Hookferry disabled the endpoint or it is incomplete. */
  private static void changeState(ObjectNode changes, PlannedEndpoint endpoint, JsonNode before) {
    boolean wanted = endpoint.state() == State.ENABLED;
    boolean isOurs =
        endpoint.state() != State.INCOMPLETE && before.path("disabledReason").asText("").isEmpty();
    if (isOurs && before.path("enabled").asBoolean() != wanted) {
      changes.put("enabled", wanted);
    }
  }

  /**
   * Sets the endpoint's secret and returns whether it changed. The server ignores a secret that it
   * already has and never reveals one, so the end of the previous secret shows a change.
   */
  private boolean isOtherSecret(String site, PlannedEndpoint endpoint, JsonNode before) {
    if (endpoint.secrets().isEmpty() || server.isDryRun()) {
      return false;
    }
    String current = endpoint.secrets().get(endpoint.secrets().size() - 1);
    JsonNode after = server.posted(secretPath(site, endpoint), rotation(endpoint, current));
    return !after.path("oldSecretUntil").equals(before.path("oldSecretUntil"));
  }
}
