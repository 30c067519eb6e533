package dev.hookferry.http.console.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.hookferry.Events;
import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Parses JSON that a user typed: within the API's limits, passed on byte for byte. */
public final class JsonInput {
  private static final int DEEPEST = 100;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Events.MAX_DATA)
                  .maxNameLength(4_096)
                  .maxNumberLength(1_000)
                  .build())
          .build();

  private JsonInput() {}

  /**
   * Returns the text as event data.
   *
   * @throws InvalidException naming the position, if it is not exactly one JSON value
   */
  public static Payload data(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      walk(parser);
    } catch (StreamConstraintsException e) {
      throw InvalidException.of("data", "exceeds a JSON limit: nesting 100");
    } catch (JsonProcessingException e) {
      throw InvalidException.of("data", "is not valid JSON" + place(e.getLocation()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot parse the text in memory", e);
    }
    return Payload.of(text);
  }

  private static void walk(JsonParser parser) throws IOException {
    int depth = 0;
    int values = 0;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (depth == 0) {
        values++;
      }
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        requireModestExponent(parser.getText());
      }
    }
    if (values != 1) {
      throw InvalidException.of("data", "must be one JSON value, such as an object");
    }
  }

  /** Rejects numbers whose exact value would take receivers too much memory. */
  private static void requireModestExponent(String number) {
    if (number.matches(".*[eE][+-]?0*[1-9][0-9]{5,}")) {
      throw InvalidException.of("data", "must have no number with an exponent beyond 99999");
    }
  }

  private static String place(JsonLocation at) {
    return " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
