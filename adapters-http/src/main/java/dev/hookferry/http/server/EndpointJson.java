package dev.hookferry.http.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.Endpoints;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.NamedSettings;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.retry.RetrySettings;
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
   * @param headers its custom headers, as people may see them
   * @param secret the {@code whsec_} secret to show this once, or null
   */
  static Json.Writing of(Endpoint endpoint, Map<String, String> headers, @Nullable String secret) {
    return json -> write(json, endpoint, headers, secret);
  }

  /** An endpoint that was just registered. */
  static Json.Writing of(Endpoints.Registered made, Map<String, String> headers) {
    return json -> {
      json.writeStartObject();
      fields(json, made.endpoint(), headers);
      json.writeStringField("secret", made.secret().reveal());
      if (!made.warnings().isEmpty()) {
        Json.texts(json, "warnings", made.warnings());
      }
      json.writeEndObject();
    };
  }

  static void write(
      JsonGenerator json, Endpoint endpoint, Map<String, String> headers, @Nullable String secret)
      throws IOException {
    json.writeStartObject();
    fields(json, endpoint, headers);
    if (secret != null) {
      json.writeStringField("secret", secret);
    }
    json.writeEndObject();
  }

  private static void fields(JsonGenerator json, Endpoint endpoint, Map<String, String> headers)
      throws IOException {
    Json.text(json, "id", endpoint.id());
    json.writeStringField("url", endpoint.url().text());
    Json.texts(
        json, "eventTypes", endpoint.eventTypes().stream().map(EventTypeFilter::pattern).toList());
    json.writeStringField("description", endpoint.description());
    json.writeObjectFieldStart("headers");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      json.writeStringField(header.getKey(), header.getValue());
    }
    json.writeEndObject();
    Json.texts(
        json,
        "secretHeaders",
        endpoint.headers().stream()
            .filter(CustomHeader::isSecret)
            .map(CustomHeader::name)
            .toList());
    Json.texts(
        json,
        "signatures",
        endpoint.signing().schemes().stream().sorted().map(EndpointJson::word).toList());
    json.writeBooleanField("enabled", endpoint.enabled());
    retry(json, endpoint.retry());
    json.writeStringField(
        "qlmSecret", endpoint.signing().qlmSecret() == null ? null : NamedSettings.MASK);
    Json.time(json, "oldSecretUntil", oldSecretUntil(endpoint));
    Json.time(json, "createdAt", endpoint.createdAt());
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
