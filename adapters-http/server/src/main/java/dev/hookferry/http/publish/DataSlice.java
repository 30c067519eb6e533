package dev.hookferry.http.publish;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import dev.hookferry.http.wire.JsonSyntax;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an event's data out of the request byte for byte. The parser walks over the value, so
 * invalid JSON is caught here and not by receivers, but the value is never rewritten: {@code 1.10}
 * must not become {@code 1.1}.
 */
public final class DataSlice {
  private DataSlice() {}

  /**
   * Returns the bytes of the value whose first token is the parser's current one, and moves the
   * parser to its last token.
   *
   * @param source the parser's input, from its first byte
   * @param field the value's name in error messages
   * @throws InvalidException if the value is nested too deeply or has a number with a huge exponent
   */
  public static Payload cut(JsonParser parser, byte[] source, String field) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    walk(parser, field);
    // Strings are read lazily: without this, the parser would still be at the opening quote.
    parser.finishToken();
    int to = (int) parser.currentLocation().getByteOffset();
    return Payload.wrap(Arrays.copyOfRange(source, from, to));
  }

  /**
   * Returns the bytes of a field of an object. If the field is repeated, the last one wins.
   *
   * @param body a JSON object
   * @param names the names that the field may have
   * @return null if there is no such field, or if it is null
   * @throws InvalidException for the same reasons as {@link #cut}, or if the body is not JSON
   */
  public static @Nullable Payload ofField(byte[] body, Set<String> names) {
    Payload found = null;
    try (JsonParser parser = JsonSyntax.FACTORY.createParser(body)) {
      var unused = parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
        if (!names.contains(name)) {
          var unusedToo = parser.skipChildren();
        } else {
          found = isNull ? null : cut(parser, body, name);
        }
      }
      return found;
    } catch (JsonProcessingException e) {
      throw JsonSyntax.refusal("", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot parse the body in memory", e);
    }
  }

  private static void walk(JsonParser parser, String field) throws IOException {
    int depth = 0;
    JsonToken token = parser.currentToken();
    while (token != null) {
      if (token.isStructStart()) {
        depth++;
        if (depth > JsonSyntax.MAX_DEPTH) {
          String rule = "must be nested at most " + JsonSyntax.MAX_DEPTH + " levels deep; exceeded";
          throw InvalidException.of(field, rule + place(parser));
        }
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        requireModestExponent(parser, field);
      }
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }

  private static void requireModestExponent(JsonParser parser, String field) throws IOException {
    char[] text = parser.getTextCharacters();
    int end = parser.getTextOffset() + parser.getTextLength();
    int i = parser.getTextOffset();
    while (i < end && text[i] != 'e' && text[i] != 'E') {
      i++;
    }
    i++;
    while (i < end && (text[i] < '1' || text[i] > '9')) {
      i++;
    }
    if (end - i > JsonValidator.MAX_EXPONENT_DIGITS) {
      throw InvalidException.of(
          field, "must not contain a number with an exponent beyond 99999" + place(parser));
    }
  }

  private static String place(JsonParser parser) {
    return JsonSyntax.place(parser.currentTokenLocation());
  }
}
