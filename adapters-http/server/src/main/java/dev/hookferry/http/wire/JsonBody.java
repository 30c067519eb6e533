package dev.hookferry.http.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Parses request bodies other than events: one JSON object, read into a tree. */
public final class JsonBody {
  /**
   * Keeps decimals exactly as they are. Whoever reads a number must not expand it: for {@code
   * 1e999999999} that would never finish.
   */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(JsonSyntax.FACTORY.copy())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  /** Parses an object. An empty body counts as an empty object. */
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
      throw new UncheckedIOException("cannot parse the body in memory", e);
    }
  }
}
