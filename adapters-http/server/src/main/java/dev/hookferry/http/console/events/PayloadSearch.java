package dev.hookferry.http.console.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.event.Payload;
import java.io.IOException;
import java.util.Locale;

/**
 * Searches payload fields for a text: those at the top level, and those of objects directly below,
 * since the affected object may be inside an envelope.
 */
final class PayloadSearch {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
  private static final int DEEPEST = 2;

  private final String wanted;

  /**
   * Creates a search.
   *
   * @param wanted part of a value; case-insensitive
   */
  PayloadSearch(String wanted) {
    this.wanted = wanted.toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the name of the first matching field, or an empty text. A payload that is not JSON
   * never matches.
   */
  String field(Payload payload) {
    try (JsonParser parser = FACTORY.createParser(payload.unsafeBytes())) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token.isScalarValue() && depth <= DEEPEST && contains(parser.getText())) {
          return parser.currentName() == null ? "the payload" : parser.currentName();
        }
      }
      return "";
    } catch (IOException e) {
      return "";
    }
  }

  private boolean contains(String value) {
    return value.toLowerCase(Locale.ROOT).contains(wanted);
  }
}
