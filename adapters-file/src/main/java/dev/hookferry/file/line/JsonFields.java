package dev.hookferry.file.line;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object that people may have edited. Each member is taken out once; the
 * remaining ones are unknown. Every error message names the member. Not thread-safe.
 */
public final class JsonFields {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String path;
  private final Map<String, Object> members;

  private JsonFields(String path, Map<String, Object> members) {
    this.path = path;
    this.members = members;
  }

  /** Parses text that consists of one object. */
  public static JsonFields parse(byte[] text) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it must begin with {");
      }
      JsonFields fields = new JsonFields("", object(json));
      if (json.nextToken() != null) {
        throw new IOException("unexpected text follows the closing }");
      }
      return fields;
    }
  }

  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      members.put(name, value(json, json.nextToken()));
    }
    return members;
  }

  private static Object value(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        for (JsonToken next = json.nextToken();
            next != JsonToken.END_ARRAY;
            next = json.nextToken()) {
          items.add(value(json, next));
        }
        yield items;
      }
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> json.getText();
    };
  }

  /** Takes a string and converts it; conversion errors are reported with the member's name. */
  public <T> T text(String name, Function<String, T> change) {
    T value = textOrNull(name, change);
    if (value == null) {
      throw new IllegalArgumentException(path + name + " is missing");
    }
    return value;
  }

  /** Takes a string and converts it, or returns null if the member is absent. */
  public <T> @Nullable T textOrNull(String name, Function<String, T> change) {
    Object value = members.remove(name);
    if (value == null) {
      return null;
    }
    // The value may be a secret, so the message omits it.
    if (!(value instanceof String text)) {
      throw new IllegalArgumentException(path + name + " must be a text");
    }
    try {
      return change.apply(text);
    } catch (RuntimeException e) {
      String shown = text.replaceFirst("(?s)[?].*", "?********");
      throw new IllegalArgumentException(path + name + " cannot be " + shown, e);
    }
  }

  public long number(String name) {
    if (members.remove(name) instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException(path + name + " must be a whole number");
  }

  /** Takes a whole number, or returns null if the member is absent. */
  @Nullable
  public Long numberOrNull(String name) {
    return members.containsKey(name) ? Long.valueOf(number(name)) : null;
  }

  public boolean flag(String name) {
    if (members.remove(name) instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException(path + name + " must be true or false");
  }

  /** Takes a flag, or returns false if the member is absent. */
  public boolean flagIfThere(String name) {
    return members.containsKey(name) && flag(name);
  }

  /** Takes a list of strings. */
  public <T> List<T> texts(String name, Function<String, T> change) {
    List<T> all = new ArrayList<>();
    for (Object item : items(name)) {
      try {
        all.add(change.apply((String) item));
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(path + name + " cannot have " + item, e);
      }
    }
    return all;
  }

  /** Takes a list of objects. */
  public <T> List<T> objects(String name, Function<JsonFields, T> change) {
    List<T> all = new ArrayList<>();
    int number = 0;
    for (Object item : items(name)) {
      all.add(inner(name + '[' + number++ + ']', item, change));
    }
    return all;
  }

  private List<?> items(String name) {
    if (members.remove(name) instanceof List<?> items) {
      return items;
    }
    throw new IllegalArgumentException(path + name + " must be a list");
  }

  /** Takes an object, or returns null if the member is absent. */
  public <T> @Nullable T objectOrNull(String name, Function<JsonFields, T> change) {
    Object value = members.remove(name);
    return value == null ? null : inner(name, value, change);
  }

  /** Takes an object. */
  public <T> T object(String name, Function<JsonFields, T> change) {
    T value = objectOrNull(name, change);
    if (value == null) {
      throw new IllegalArgumentException(path + name + " is missing");
    }
    return value;
  }

  private <T> T inner(String name, Object value, Function<JsonFields, T> change) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(path + name + " must be an object");
    }
    map.forEach((key, member) -> copy.put((String) key, member));
    JsonFields fields = new JsonFields(path + name + '.', copy);
    T made = change.apply(fields);
    fields.end();
    return made;
  }

  /**
   * Checks that all members were taken.
   *
   * @throws IllegalArgumentException if an unknown member is left
   */
  public void end() {
    if (!members.isEmpty()) {
      throw new IllegalArgumentException(
          path + members.keySet().iterator().next() + " is not known");
    }
  }
}
