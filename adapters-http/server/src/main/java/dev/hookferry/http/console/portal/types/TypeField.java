package dev.hookferry.http.console.portal.types;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.event.Payload;
import dev.hookferry.filter.Filter;
import dev.hookferry.filter.PayloadPaths;
import dev.hookferry.portal.PortalAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A field that a filter can name, taken from the examples of event types or else from their
 * schemas.
 *
 * @param path its path in the data, with dots between names
 * @param value its value in an example, as JSON; empty if only a schema names it
 * @param types the names of the event types that have it, separated by spaces
 */
public record TypeField(String path, String value, String types) {
  private static final int MAX_OF_TYPE = 40;
  private static final int MAX = 200;
  private static final JsonFactory JSON = new JsonFactory();

  /** Returns the fields of the types that may be subscribed to, at most 200. */
  public static List<TypeField> of(PortalAccess access) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, List<String>> types = new LinkedHashMap<>();
    for (EventTypeDefinition type : PublicTypes.ownFirst(access)) {
      read(type)
          .forEach(
              (path, value) -> {
                values.putIfAbsent(path, value);
                types.computeIfAbsent(path, unused -> new ArrayList<>()).add(type.type().name());
              });
    }
    return values.entrySet().stream()
        .limit(MAX)
        .map(
            one ->
                new TypeField(
                    one.getKey(),
                    one.getValue(),
                    String.join(" ", types.getOrDefault(one.getKey(), List.of()))))
        .toList();
  }

  private static Map<String, String> read(EventTypeDefinition type) {
    String example = type.example();
    return example == null
        ? type.schema().map(one -> ofSchema(one.schema())).orElse(Map.of())
        : PayloadPaths.of(Payload.of(example), MAX_OF_TYPE);
  }

  /** Returns the properties of a schema that have no nested properties. */
  static Map<String, String> ofSchema(String schema) {
    Map<String, String> found = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(schema)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        boolean unused = readSchema(parser, "", 0, found);
      }
    } catch (IOException e) {
      // An unreadable schema provides no hints.
    }
    return found;
  }

  /** Reads a schema to its end. Returns whether it has properties. */
  private static boolean readSchema(
      JsonParser parser, String path, int depth, Map<String, String> found) throws IOException {
    boolean hasProperties = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String keyword = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value != JsonToken.START_OBJECT || depth >= Filter.MAX_DEPTH) {
        parser.skipChildren();
      } else if (keyword.equals("properties")) {
        hasProperties = true;
        readProperties(parser, path.isEmpty() ? "" : path + ".", depth, found);
      } else if (keyword.equals("items")) {
        hasProperties |= readSchema(parser, path, depth + 1, found);
      } else {
        parser.skipChildren();
      }
    }
    return hasProperties;
  }

  private static void readProperties(
      JsonParser parser, String start, int depth, Map<String, String> found) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
      boolean isNamed = !name.isEmpty() && name.indexOf('.') < 0 && !name.startsWith("$");
      if (!isNamed || !isObject) {
        parser.skipChildren();
      } else if (!readSchema(parser, start + name, depth + 1, found)
          && found.size() < MAX_OF_TYPE) {
        found.put(start + name, "");
      }
    }
  }
}
