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
   * Keeps decimals exactly as they are. Code that reads a number must not expand it: for {@code
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
    return object(tree(body));
  }

  /** Parses an object. An empty body and null count as an empty object. */
  public static ObjectNode objectOrNull(byte[] body) {
    JsonNode tree = tree(body);
    return tree.isNull() ? MAPPER.createObjectNode() : object(tree);
  }

  private static ObjectNode object(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw InvalidException.of("", "the body must be a JSON object");
  }

  private static JsonNode tree(byte[] body) {
    if (body.length == 0) {
      return MAPPER.createObjectNode();
    }
    JsonSyntax.requireUtf8(body);
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw JsonSyntax.refusal("", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot parse the body in memory", e);
    }
  }
}
