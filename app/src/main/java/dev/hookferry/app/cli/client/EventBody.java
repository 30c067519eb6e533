package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.text.JsonErrors;
import dev.hookferry.event.EventFields;
import dev.hookferry.refusal.InvalidException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Builds the body of a publish request, copying the bytes of the file unchanged. */
final class EventBody {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> FIELDS = Set.copyOf(EventFields.NEW.names());

  private EventBody() {}

  /**
   * Returns the body of a publish request.
   *
   * @param type the event's type; empty to use that of a whole event
   * @param file the data, or a whole event with a {@code data} field
   * @param more additional fields of the event, by name
   */
  static byte[] of(String type, byte[] file, ObjectNode more) throws IOException {
    JsonNode content = parse(file);
    if (!isWholeEvent(content)) {
      if (type.isEmpty()) {
        throw InvalidException.of(
            "TYPE", "is required, unless the JSON is a whole event: {\"type\":…,\"data\":…}");
      }
      return data(type, file, more);
    }
    String said = content.path("type").asText();
    if (!type.isEmpty() && !said.equals(type)) {
      throw InvalidException.of("", "the file holds an event of type " + said + ", not " + type);
    }
    return whole(file, more);
  }

  private static JsonNode parse(byte[] file) throws IOException {
    try {
      JsonNode content = JSON.readTree(file);
      if (content.isMissingNode()) {
        throw InvalidException.of("", "the data is not valid JSON: it is empty");
      }
      return content;
    } catch (JsonProcessingException e) {
      throw InvalidException.of("", "the data is not valid JSON: " + JsonErrors.reason(e));
    }
  }

  private static boolean isWholeEvent(JsonNode content) {
    return content.path("type").isTextual()
        && content.has("data")
        && content.properties().stream().allMatch(field -> FIELDS.contains(field.getKey()));
  }

  private static byte[] data(String type, byte[] file, ObjectNode more) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(file.length + 200);
    write(body, "{\"type\":" + quoted(type) + "," + fields(more) + "\"data\":");
    body.writeBytes(file);
    write(body, "}");
    return body.toByteArray();
  }

  private static byte[] whole(byte[] file, ObjectNode more) {
    int brace = 0;
    while (file[brace] != '{') {
      brace++;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream(file.length + 200);
    write(body, "{" + fields(more));
    body.write(file, brace + 1, file.length - brace - 1);
    return body.toByteArray();
  }

  private static String fields(ObjectNode more) {
    StringBuilder fields = new StringBuilder();
    more.properties()
        .forEach(field -> fields.append(quoted(field.getKey()) + ":" + field.getValue() + ","));
    return fields.toString();
  }

  private static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  private static void write(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
