package dev.hookferry.http.svix;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookferry.event.Payload;
import dev.hookferry.http.publish.DataSlice;
import dev.hookferry.http.wire.JsonSyntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Extracts payloads from requests, byte for byte, and formats them with sorted names. */
final class SvixPayload {
  private static final JsonMapper SORTING =
      JsonMapper.builder(JsonSyntax.FACTORY.copy())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private SvixPayload() {}

  /**
   * Returns the payload of a message as its sender wrote it; the last one if the field is repeated.
   *
   * @param body a JSON object
   * @return null if there is none, or it is not an object
   */
  static @Nullable Payload cut(byte[] body) {
    Payload found = DataSlice.ofField(body, Set.of("payload", "data"));
    return found != null && found.unsafeBytes()[0] == '{' ? found : null;
  }

  /** Returns the first example in a JSON Schema; empty if it has none. */
  static Optional<String> firstExample(String schema) {
    try {
      JsonNode first = SORTING.readTree(schema).path("examples").path(0);
      return first.isObject() ? Optional.of(first.toString()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a stored schema is not JSON", e);
    }
  }

  /** Returns a payload as JSON with sorted names and without duplicate ones. */
  static String normalized(Payload payload) {
    try {
      return SORTING.writeValueAsString(SORTING.readValue(payload.unsafeBytes(), Object.class));
    } catch (IOException e) {
      throw new UncheckedIOException("a stored payload is not JSON", e);
    }
  }
}
