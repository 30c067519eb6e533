package dev.hookferry.http.console.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.event.Payload;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Searches the fields of payloads for a text, at any depth. */
final class PayloadSearch {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private static final int MAX_SHOWN = 80;

  private final String wanted;
  private final String name;
  private final String value;

  /**
   * Creates a search.
   *
   * @param asked part of a value, or a field and part of its value; case-insensitive
   */
  PayloadSearch(String asked) {
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
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          String text = parser.getText();
          String field = name(parser.getParsingContext());
          if (matches(field, text)) {
            return (field == null ? "the payload" : field) + ": " + shown(text);
          }
        }
      }
      return "";
    } catch (IOException e) {
      return "";
    }
  }

  /** Returns the name of the field of a value; that of the array for an element of it. */
  private static @Nullable String name(JsonStreamContext value) {
    JsonStreamContext at = value;
    while (at.getCurrentName() == null && at.getParent() != null) {
      at = at.getParent();
    }
    return at.getCurrentName();
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
