package dev.hookferry.http.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Bodies other than events: one object, read into a tree. */
public final class JsonBody {
  /** Decimals are read as doubles: {@code 1e999999999} as an exact number would not end. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonSyntax.FACTORY.copy())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  /** Reads an object; no bytes at all are an empty one. */
  public static ObjectNode object(byte[] body) {
    if (body.length == 0) {
      return MAPPER.createObjectNode();
    }
    JsonSyntax.requireUtf8(body);
    try {
      JsonNode tree = MAPPER.readTree(body);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw InvalidException.of("", "must be a JSON object");
    } catch (JsonProcessingException e) {
      throw JsonSyntax.refusal("", e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }
}
