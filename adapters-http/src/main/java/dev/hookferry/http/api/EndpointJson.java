package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.Endpoints;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.site.SettingsByName;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Endpoints as JSON; of secrets only that they are there. */
final class EndpointJson {
  private EndpointJson() {}

  /**
   * An endpoint.
   *
   * @param secret the {@code whsec_} secret to show this once, or null
   */
  static JsonOutput.Writing of(EndpointView view, @Nullable String secret) {
    return json -> write(json, view, secret);
  }

  /** What a trial came to. */
  static JsonOutput.Writing of(Endpoints.Trial trial) {
    return json -> {
      json.writeStartObject();
      json.writeFieldName("attempt");
      AttemptJson.write(json, trial.attempt());
      json.writeStringField("secret", trial.secret().reveal());
      JsonOutput.texts(json, "warnings", trial.warnings());
      json.writeEndObject();
    };
  }

  /** An endpoint that was just registered. */
  static JsonOutput.Writing of(Endpoints.Registered made, EndpointView view) {
    return json -> {
      json.writeStartObject();
      fields(json, view);
      json.writeStringField("secret", made.secret().reveal());
      if (!made.warnings().isEmpty()) {
        JsonOutput.texts(json, "warnings", made.warnings());
      }
      json.writeEndObject();
    };
  }

  static void write(JsonGenerator json, EndpointView view, @Nullable String secret)
      throws IOException {
    json.writeStartObject();
    fields(json, view);
    if (secret != null) {
      json.writeStringField("secret", secret);
    }
    json.writeEndObject();
  }

  private static void fields(JsonGenerator json, EndpointView view) throws IOException {
    Endpoint endpoint = view.endpoint();
    Map<String, String> headers = view.headers();
    JsonOutput.text(json, "id", endpoint.id());
    json.writeStringField("url", endpoint.url().text());
    JsonOutput.texts(
        json, "eventTypes", endpoint.eventTypes().stream().map(EventTypeFilter::pattern).toList());
    json.writeStringField("description", endpoint.description());
    json.writeObjectFieldStart("headers");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      json.writeStringField(header.getKey(), header.getValue());
    }
    json.writeEndObject();
    JsonOutput.texts(
        json,
        "secretHeaders",
        endpoint.headers().stream()
            .filter(CustomHeader::isSecret)
            .map(CustomHeader::name)
            .toList());
    JsonOutput.texts(
        json,
        "signatures",
        endpoint.signing().schemes().stream().sorted().map(EndpointJson::word).toList());
    standing(json, endpoint.standing());
    health(json, view.health());
    retry(json, endpoint.retry());
    json.writeStringField(
        "qlmSecret", endpoint.signing().qlmSecret() == null ? null : SettingsByName.MASK);
    JsonOutput.time(json, "oldSecretUntil", oldSecretUntil(endpoint));
    JsonOutput.time(json, "createdAt", endpoint.createdAt());
  }

  private static void standing(JsonGenerator json, EndpointStatus standing) throws IOException {
    json.writeBooleanField("enabled", standing.enabled());
    json.writeStringField("disabledReason", standing.reason());
    JsonOutput.time(json, "stateSince", standing.since());
    if (standing.perSecond() == null) {
      json.writeNullField("releasePerSecond");
    } else {
      json.writeNumberField("releasePerSecond", standing.perSecond());
    }
  }

  private static void health(JsonGenerator json, EndpointHealth health) throws IOException {
    json.writeObjectFieldStart("health");
    json.writeStringField("state", health.state().word());
    json.writeNumberField("failures", health.failures());
    JsonOutput.time(json, "restsUntil", health.restsUntil());
    json.writeEndObject();
  }

  private static void retry(JsonGenerator json, @Nullable RetrySettings retry) throws IOException {
    if (retry == null) {
      json.writeNullField("retry");
      return;
    }
    json.writeObjectFieldStart("retry");
    json.writeNumberField("maxRetries", retry.maxRetries());
    json.writeNumberField("intervalSeconds", retry.interval().toSeconds());
    json.writeStringField("backoff", word(retry.backoff()));
    json.writeEndObject();
  }

  private static @Nullable Instant oldSecretUntil(Endpoint endpoint) {
    return endpoint.signing().secrets().stream()
        .map(EndpointSecret::expiresAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
