package dev.hookferry.http.console.list;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.event.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reader of one payload field, for a column. */
public final class PayloadField {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_LENGTH = 80;

  private PayloadField() {}

  /**
   * Returns the value of a field as text; empty if there is none. The field may be at the top
   * level, inside a top-level object, or at a path with dots. For an object or array, only its
   * opening bracket is returned.
   */
  public static String of(Payload payload, String name) {
    String near = near(payload, name);
    return near.isEmpty() && name.contains(".") ? far(payload, name) : near;
  }

  /** Returns the value at a path with dots, starting at the payload or at a top-level object. */
  private static String far(Payload payload, String name) {
    List<String> path = List.of(name.split("\\.", -1));
    String found = at(payload, path);
    for (Iterator<String> outer = objects(payload).iterator();
        found.isEmpty() && outer.hasNext(); ) {
      found = at(payload, Stream.concat(Stream.of(outer.next()), path.stream()).toList());
    }
    return found;
  }

  /** Returns the names of a payload's top-level objects. */
  private static List<String> objects(Payload payload) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(payload.text())) {
      boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
      while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
        if (parser.nextToken() == JsonToken.START_OBJECT) {
          names.add(parser.currentName());
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      // The payload is not JSON, so it has no fields.
      return List.of();
    }
    return names;
  }

  /** Returns the value at a path through objects; empty if there is none. */
  private static String at(Payload payload, List<String> path) {
    try (JsonParser parser = JSON.createParser(payload.text())) {
      int depth = 0;
      JsonToken token = parser.nextToken();
      while (token == JsonToken.START_OBJECT && depth < path.size()) {
        token = valueOf(parser, path.get(depth++));
      }
      return token == null || depth < path.size() ? "" : shown(parser);
    } catch (IOException e) {
      // The payload is not JSON, so it has no fields.
      return "";
    }
  }

  /** Advances to the value of a field of the current object. Returns null if there is none. */
  private static @Nullable JsonToken valueOf(JsonParser parser, String name) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isMatch = parser.currentName().equals(name);
      JsonToken value = parser.nextToken();
      if (isMatch) {
        return value;
      }
      parser.skipChildren();
    }
    return null;
  }

  private static String near(Payload payload, String name) {
    try (JsonParser parser = JSON.createParser(payload.text())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      String inner = "";
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isMatch = parser.currentName().equals(name);
        JsonToken value = parser.nextToken();
        if (isMatch) {
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

  /** Skips to the end of an object. */
  private static String within(JsonParser parser, String name) throws IOException {
    String found = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isMatch = parser.currentName().equals(name);
      parser.nextToken();
      if (isMatch) {
        found = shown(parser);
      }
      parser.skipChildren();
    }
    return found;
  }

  private static String shown(JsonParser parser) throws IOException {
    String text = parser.getText();
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
