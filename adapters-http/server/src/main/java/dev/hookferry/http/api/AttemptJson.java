package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.Utf8;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes attempts as JSON. */
final class AttemptJson {
  /** Most bytes that truncation can leave of a character: UTF-8 has at most four. */
  private static final int MOST_LOST = 3;

  private AttemptJson() {}

  /** Writes an attempt. */
  static void write(JsonGenerator json, Attempt attempt) throws IOException {
    Outcome outcome = attempt.outcome();
    Response response = outcome.response();
    json.writeStartObject();
    JsonOutput.text(json, "id", attempt.id());
    JsonOutput.text(json, "delivery", attempt.delivery());
    JsonOutput.text(json, "endpoint", attempt.endpoint());
    JsonOutput.text(json, "event", attempt.event());
    JsonOutput.text(json, "eventType", attempt.type());
    json.writeNumberField("number", attempt.number());
    JsonOutput.time(json, "startedAt", attempt.startedAt());
    json.writeNumberField("durationMillis", outcome.took().toMillis());
    json.writeFieldName("timing");
    if (outcome.timing() == null) {
      json.writeNull();
    } else {
      write(json, outcome.timing());
    }
    JsonOutput.text(json, "outcome", outcome.kind().code());
    json.writeFieldName("statusCode");
    if (response == null) {
      json.writeNull();
    } else {
      json.writeNumber(response.status());
    }
    json.writeStringField("error", outcome.detail().isEmpty() ? null : outcome.detail());
    json.writeStringField("url", attempt.url());
    answer(json, response);
    json.writeEndObject();
  }

  private static void answer(JsonGenerator json, @Nullable Response response) throws IOException {
    if (response == null) {
      json.writeNullField("response");
      json.writeNullField("responseHeaders");
      return;
    }
    json.writeFieldName("response");
    write(json, response);
    json.writeFieldName("responseHeaders");
    write(json, response.headers());
  }

  private static void write(JsonGenerator json, Timing timing) throws IOException {
    json.writeStartObject();
    millis(json, "waitingMillis", timing.waiting());
    millis(json, "dnsMillis", timing.dns());
    millis(json, "connectMillis", timing.connect());
    millis(json, "tlsMillis", timing.tls());
    millis(json, "firstByteMillis", timing.firstByte());
    millis(json, "restMillis", timing.rest());
    json.writeEndObject();
  }

  /** Writes milliseconds with microsecond precision, so that the parts add up. */
  private static void millis(JsonGenerator json, String name, @Nullable Duration took)
      throws IOException {
    json.writeFieldName(name);
    if (took == null) {
      json.writeNull();
    } else {
      json.writeNumber(BigDecimal.valueOf(took.toNanos(), 6).setScale(3, RoundingMode.DOWN));
    }
  }

  private static void write(JsonGenerator json, ResponseHeaders headers) throws IOException {
    json.writeStartArray();
    for (ResponseHeaders.Header header : headers.list()) {
      json.writeStartObject();
      json.writeStringField("name", header.name());
      json.writeStringField("value", header.value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Response response) throws IOException {
    json.writeStartObject();
    json.writeStringField("contentType", response.contentType());
    byte[] body = response.body().toBytes();
    String text = text(body, response.truncated() ? MOST_LOST : 0);
    if (text != null) {
      json.writeStringField("body", text);
    } else {
      json.writeStringField("bodyBase64", Base64.getEncoder().encodeToString(body));
    }
    json.writeBooleanField("truncated", response.truncated());
    json.writeEndObject();
  }

  private static @Nullable String text(byte[] body, int mayLose) {
    for (int lost = 0; lost <= Math.min(mayLose, body.length); lost++) {
      byte[] rest = lost == 0 ? body : Arrays.copyOf(body, body.length - lost);
      if (Utf8.isValid(rest)) {
        return new String(rest, StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
