package dev.hookferry.http.console.list;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.event.Payload;
import java.io.IOException;

/** Reads one field of payloads, for a column. */
public final class PayloadField {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int LONGEST = 80;

  private PayloadField() {}

  /**
   * Returns the value of a top-level field, or of a field of an object directly in the payload, as
   * text; empty if there is none. An object or array shows as its bracket only.
   */
  public static String of(Payload payload, String name) {
    try (JsonParser parser = JSON.createParser(payload.text())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      String inner = "";
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isIt = parser.currentName().equals(name);
        JsonToken value = parser.nextToken();
        if (isIt) {
          return shown(parser);
        }
        if (value == JsonToken.START_OBJECT && inner.isEmpty()) {
          inner = within(parser, name);
        } else {
          parser.skipChildren();
        }
      }
      return inner;
    } catch (IOException e) {
      // The payload is not JSON, so it has no fields.
      return "";
    }
  }

  /** Reads an object to its end. */
  private static String within(JsonParser parser, String name) throws IOException {
    String found = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isIt = parser.currentName().equals(name);
      parser.nextToken();
      if (isIt) {
        found = shown(parser);
      }
      parser.skipChildren();
    }
    return found;
  }

  private static String shown(JsonParser parser) throws IOException {
    String text = parser.getText();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
