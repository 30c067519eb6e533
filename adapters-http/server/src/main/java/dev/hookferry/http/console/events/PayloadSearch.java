package dev.hookferry.http.console.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.event.Payload;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Searches payload fields for a text: those at the top level, and those of objects directly below,
 * since the affected object may be inside an envelope; or whole payloads.
 */
final class PayloadSearch {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
  private static final int DEEPEST = 2;

  private static final int MAX_SHOWN = 80;

  private final int deepest;
  private final String wanted;
  private final String name;
  private final String value;

  /**
   * Creates a search.
   *
   * @param asked part of a value, or a field and part of its value; case-insensitive
   * @param isWhole whether fields at any depth are searched
   */
  PayloadSearch(String asked, boolean isWhole) {
    deepest = isWhole ? Integer.MAX_VALUE : DEEPEST;
    wanted = asked.toLowerCase(Locale.ROOT);
    FieldValue named = FieldValue.parse(asked).orElse(new FieldValue("", ""));
    name = named.field().substring(named.field().lastIndexOf('.') + 1);
    value = named.value().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the name and value of the first matching field, or an empty text. A payload that is not
   * JSON never matches.
   */
  String field(Payload payload) {
    try (JsonParser parser = FACTORY.createParser(payload.unsafeBytes())) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token.isScalarValue() && depth <= deepest) {
          String text = parser.getText();
          if (matches(parser.currentName(), text)) {
            String field = parser.currentName() == null ? "the payload" : parser.currentName();
            return field + ": " + shown(text);
          }
        }
      }
      return "";
    } catch (IOException e) {
      return "";
    }
  }

  private boolean matches(@Nullable String field, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains(wanted)
        || (!name.isEmpty() && name.equalsIgnoreCase(field) && lower.contains(value));
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
