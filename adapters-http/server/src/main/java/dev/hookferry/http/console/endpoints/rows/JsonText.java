package dev.hookferry.http.console.endpoints.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Plain JSON values as users type them. Quotation marks around strings are optional where
 * unambiguous.
 */
final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern LITERAL =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?|true|false|null");
  private static final String QUOTE = "\"";

  private JsonText() {}

  /** Returns a string as JSON. */
  static String quoted(String text) {
    return QUOTE + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + QUOTE;
  }

  /** Returns a typed value as JSON. */
  static String value(String typed) {
    return LITERAL.matcher(typed).matches() ? typed : text(typed);
  }

  /**
   * Returns a typed text as JSON.
   *
   * @throws InvalidException if it begins with a quotation mark without being a JSON string
   */
  static String text(String typed) {
    if (!typed.startsWith(QUOTE)) {
      return quoted(typed);
    }
    try (JsonParser parser = JSON.createParser(typed)) {
      boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
      String text = isText ? parser.getText() : "";
      if (isText && parser.nextToken() == null) {
        return quoted(text);
      }
    } catch (IOException e) {
      // Rejected below, like an unterminated string.
    }
    throw InvalidException.of("filter", "must have closing quotation marks in the value " + typed);
  }

  /** Returns a parser's current value as a user would type it. */
  static String typed(JsonParser parser) throws IOException {
    String text = parser.getText();
    return parser.currentToken() == JsonToken.VALUE_STRING && LITERAL.matcher(text).matches()
        ? quoted(text)
        : parser.currentToken() == JsonToken.VALUE_STRING ? typedText(text) : text;
  }

  /** Returns a string as a user would type it. */
  static String typedText(String text) {
    boolean isClear =
        !text.isEmpty()
            && text.equals(text.strip())
            && !text.startsWith(QUOTE)
            && text.chars().noneMatch(Character::isISOControl);
    return isClear ? text : quoted(text);
  }
}
