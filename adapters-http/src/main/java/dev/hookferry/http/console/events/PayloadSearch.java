package dev.hookferry.http.console.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.event.Payload;
import java.io.IOException;
import java.util.Locale;

/**
 * Looks for a text among the fields of a payload: its own, and those of the objects directly in it,
 * since the affected object stands in an envelope.
 */
final class PayloadSearch {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
  private static final int DEEPEST = 2;

  private final String wanted;

  /**
   * Looks for a text.
   *
   * @param wanted part of a value; upper and lower case are the same
   */
  PayloadSearch(String wanted) {
    this.wanted = wanted.toLowerCase(Locale.ROOT);
  }

  /** The name of the first field that holds it, or an empty text. What is no JSON holds nothing. */
  String field(Payload payload) {
    try (JsonParser parser = FACTORY.createParser(payload.unsafeBytes())) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token.isScalarValue() && depth <= DEEPEST && holds(parser.getText())) {
          return parser.currentName() == null ? "the payload" : parser.currentName();
        }
      }
      return "";
    } catch (IOException e) {
      return "";
    }
  }

  private boolean holds(String value) {
    return value.toLowerCase(Locale.ROOT).contains(wanted);
  }
}
