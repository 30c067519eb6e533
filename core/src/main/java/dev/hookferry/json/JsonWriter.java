package dev.hookferry.json;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writer of a single JSON object on one line, in ASCII, member by member. Omits members whose value
 * is null. Not thread-safe.
 */
public final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder text = new StringBuilder("{");

  /** Creates a writer of an empty object. */
  public JsonWriter() {}

  /** Adds a string. */
  public JsonWriter text(String name, @Nullable String value) {
    Objects.requireNonNull(name, "name");
    if (value != null) {
      name(name);
      quoted(value);
    }
    return this;
  }

  /** Adds a value that is already JSON, unchanged and unchecked. */
  public JsonWriter json(String name, @Nullable String value) {
    Objects.requireNonNull(name, "name");
    if (value != null) {
      name(name);
      text.append(value);
    }
    return this;
  }

  /** Adds a whole number. */
  public JsonWriter number(String name, @Nullable Number value) {
    Objects.requireNonNull(name, "name");
    if (value != null) {
      name(name);
      text.append(value.longValue());
    }
    return this;
  }

  /** Adds true or false. */
  public JsonWriter flag(String name, boolean value) {
    Objects.requireNonNull(name, "name");
    name(name);
    text.append(value);
    return this;
  }

  /** Adds a list of strings. */
  public JsonWriter texts(String name, Collection<String> values) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(values, "values");
    name(name);
    text.append('[');
    String comma = "";
    for (String value : values) {
      text.append(comma);
      quoted(value);
      comma = ",";
    }
    text.append(']');
    return this;
  }

  /** Adds an object of strings, by name; omitted if it is empty. */
  public JsonWriter textsByName(String name, Map<String, String> values) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(values, "values");
    return object(name, values.isEmpty() ? null : values, (json, all) -> all.forEach(json::text));
  }

  /** Adds a list of objects. */
  public <T> JsonWriter objects(
      String name, Collection<T> values, BiConsumer<JsonWriter, T> members) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(members, "members");
    name(name);
    text.append('[');
    String comma = "";
    for (T value : values) {
      text.append(comma);
      object(value, members);
      comma = ",";
    }
    text.append(']');
    return this;
  }

  /** Adds an object. */
  public <T> JsonWriter object(String name, @Nullable T value, BiConsumer<JsonWriter, T> members) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(members, "members");
    if (value != null) {
      name(name);
      object(value, members);
    }
    return this;
  }

  private <T> void object(T value, BiConsumer<JsonWriter, T> members) {
    text.append('{');
    members.accept(this, value);
    text.append('}');
  }

  /** Ends and returns the object; call it once, and add nothing afterwards. */
  public String end() {
    return text.append('}').toString();
  }

  private void name(String name) {
    char last = text.charAt(text.length() - 1);
    if (last != '{') {
      text.append(',');
    }
    quoted(name);
    text.append(':');
  }

  /**
   * Appends a string literal; escaping preserves unpaired surrogates, which UTF-8 cannot encode.
   */
  private void quoted(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        text.append(c);
      } else {
        text.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          text.append(HEX.charAt(c >> shift & 15));
        }
      }
    }
    text.append('"');
  }
}
