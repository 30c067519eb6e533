package dev.hookferry.jsonschema;

import dev.harrel.jsonschema.Error;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages about violated rules of a schema, without any values from the data. */
final class ViolationText {
  private static final int MAX_RULE = 120;
  private static final String TYPES =
      "array, boolean, integer, null, number, object, string, or a list of them";

  private ViolationText() {}

  static String of(JsonTree schema, Error error) {
    String keyword = error.getKeyword();
    String location = error.getSchemaLocation();
    String pointer = location.substring(location.indexOf('#') + 1);
    if (keyword == null) {
      return "is not allowed";
    }
    if (keyword.equals("required") || keyword.equals("dependentRequired")) {
      return missing(error.getError());
    }
    JsonTree place = find(schema, pointer);
    JsonTree rule = place == null ? null : place.get(keyword);
    String text = rule == null ? "" : ": " + rule;
    return "must satisfy \""
        + keyword
        + '"'
        + (text.length() <= MAX_RULE ? text : text.substring(0, MAX_RULE) + " …");
  }

  /** Returns the message for a part of a schema with these errors by the meta-schema. */
  static String ofForm(List<Error> errors) {
    // The only enumeration in the meta-schema is that of the types.
    boolean isType = errors.stream().anyMatch(error -> "enum".equals(error.getKeyword()));
    String message = isType ? TYPES : errors.get(0).getError();
    return "must be valid JSON Schema (draft 2020-12)" + (message.isEmpty() ? "" : ": " + message);
  }

  /** Extracts the property names, in brackets in the library's message; they are the schema's. */
  private static String missing(String message) {
    int from = message.indexOf('[');
    int to = message.lastIndexOf(']');
    String names = message.substring(from + 1, to).replace("[", "").replace("]", "");
    return "must have the " + (names.contains(", ") ? "properties " : "property ") + names;
  }

  private static @Nullable JsonTree find(JsonTree schema, String pointer) {
    JsonTree place = schema;
    for (String segment : pointer.split("/", -1)) {
      if (segment.isEmpty() || place == null) {
        continue;
      }
      String name = segment.replace("~1", "/").replace("~0", "~");
      place =
          place.isArray() && name.matches("[0-9]{1,6}")
              ? place.elements().get(Integer.parseInt(name))
              : place.get(name);
    }
    return place;
  }
}
