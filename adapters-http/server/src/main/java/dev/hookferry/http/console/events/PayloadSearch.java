package dev.hookferry.http.console.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.event.Payload;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Text search in the fields of payloads, at any depth. */
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

  /** A field with its value. */
  record Found(String path, String value) {}

  /**
   * Returns the path and value of the first matching field. The path is empty if the payload is a
   * plain value. A payload that is not JSON never matches.
   */
  Optional<Found> field(Payload payload) {
    try (JsonParser parser = FACTORY.createParser(payload.unsafeBytes())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          String text = parser.getText();
          Deque<String> path = path(parser.getParsingContext());
          if (matches(path.peekLast(), text)) {
            return Optional.of(new Found(String.join(".", path), shown(text)));
          }
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the path of names to a value; for an array element, the path of the array. */
  private static Deque<String> path(JsonStreamContext value) {
    Deque<String> names = new ArrayDeque<>();
    for (JsonStreamContext at = value; at != null; at = at.getParent()) {
      String name = at.getCurrentName();
      if (name != null) {
        names.addFirst(name);
      }
    }
    return names;
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
