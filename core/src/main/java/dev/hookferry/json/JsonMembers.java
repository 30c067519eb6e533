package dev.hookferry.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object. Reading a member removes it; {@link #end} refuses those that
 * remain. Every error is an {@link IllegalArgumentException} that names the member; it shows a
 * value only if its conversion failed. Not thread-safe.
 */
public final class JsonMembers {
  private final String path;
  private final Map<String, Object> members;

  private JsonMembers(String path, Map<String, Object> members) {
    this.path = path;
    this.members = members;
  }

  /** Parses a string that is a single JSON object; names must be unique, and null is refused. */
  public static JsonMembers parse(String text) {
    Objects.requireNonNull(text, "text");
    return new JsonMembers("", JsonParser.parse(text));
  }

  /** Parses a string that is a single JSON object, and refuses members that are not read. */
  public static <T> T parse(String text, Function<JsonMembers, T> read) {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(read, "read");
    JsonMembers members = parse(text);
    T result = read.apply(members);
    members.end();
    return result;
  }

  /**
   * Parses a string from another program that is a single JSON object: null members count as
   * absent, and fractions of numbers are truncated. Members may be left unread.
   */
  public static JsonMembers lenient(String text) {
    Objects.requireNonNull(text, "text");
    return new JsonMembers("", JsonParser.lenient(text));
  }

  /** Returns the names of the members that have not been read yet. */
  public List<String> names() {
    return List.copyOf(members.keySet());
  }

  /** Reads a required string. */
  public String text(String name) {
    Objects.requireNonNull(name, "name");
    return text(name, Function.identity());
  }

  /** Reads a required string and converts it; conversion errors name the member. */
  public <T> T text(String name, Function<String, T> change) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(change, "change");
    T value = textOrNull(name, change);
    if (value == null) {
      throw new IllegalArgumentException(path + name + " is missing");
    }
    return value;
  }

  /** Reads an optional string and converts it; null if it is absent. */
  public <T> @Nullable T textOrNull(String name, Function<String, T> change) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(change, "change");
    Object value = members.remove(name);
    if (value == null) {
      return null;
    }
    // The value may be a secret, so the message omits it.
    if (!(value instanceof String text)) {
      throw new IllegalArgumentException(path + name + " must be a string");
    }
    try {
      return change.apply(text);
    } catch (RuntimeException e) {
      String shown = text.replaceFirst("(?s)[?].*", "?********");
      throw new IllegalArgumentException(path + name + " cannot be " + shown, e);
    }
  }

  /** Reads a required whole number. */
  public long number(String name) {
    Objects.requireNonNull(name, "name");
    if (members.remove(name) instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException(path + name + " must be a whole number");
  }

  /** Reads an optional whole number; null if it is absent. */
  public @Nullable Long numberOrNull(String name) {
    Objects.requireNonNull(name, "name");
    return members.containsKey(name) ? Long.valueOf(number(name)) : null;
  }

  /** Reads a required flag, true or false. */
  public boolean flag(String name) {
    Objects.requireNonNull(name, "name");
    if (members.remove(name) instanceof Boolean flag) {
      return flag;
    }
    throw new IllegalArgumentException(path + name + " must be true or false");
  }

  /** Reads an optional flag; false if it is absent. */
  public boolean flagIfThere(String name) {
    Objects.requireNonNull(name, "name");
    return members.containsKey(name) && flag(name);
  }

  /** Reads a required list of strings and converts each. */
  public <T> List<T> texts(String name, Function<String, T> change) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(change, "change");
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

  /** Reads an optional list of strings and converts each; empty if it is absent. */
  public <T> List<T> textsIfThere(String name, Function<String, T> change) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(change, "change");
    return members.containsKey(name) ? texts(name, change) : List.of();
  }

  /** Reads an optional object of strings, by name; empty if it is absent. */
  public Map<String, String> textsByName(String name) {
    Objects.requireNonNull(name, "name");
    Map<String, String> found = objectOrNull(name, JsonMembers::allTexts);
    return found == null ? Map.of() : found;
  }

  private Map<String, String> allTexts() {
    Map<String, String> all = new LinkedHashMap<>();
    names().forEach(name -> all.put(name, text(name)));
    return all;
  }

  /** Reads a required list of objects and converts each. */
  public <T> List<T> objects(String name, Function<JsonMembers, T> change) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(change, "change");
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

  /** Reads an optional object and converts it; null if it is absent. */
  public <T> @Nullable T objectOrNull(String name, Function<JsonMembers, T> change) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(change, "change");
    Object value = members.remove(name);
    return value == null ? null : inner(name, value, change);
  }

  /** Reads a required object and converts it. */
  public <T> T object(String name, Function<JsonMembers, T> change) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(change, "change");
    T value = objectOrNull(name, change);
    if (value == null) {
      throw new IllegalArgumentException(path + name + " is missing");
    }
    return value;
  }

  private <T> T inner(String name, Object value, Function<JsonMembers, T> change) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(path + name + " must be an object");
    }
    map.forEach((key, member) -> copy.put((String) key, member));
    JsonMembers fields = new JsonMembers(path + name + '.', copy);
    T result = change.apply(fields);
    fields.end();
    return result;
  }

  /** Refuses members that have not been read. */
  public void end() {
    if (!members.isEmpty()) {
      throw new IllegalArgumentException(
          path
              + members.keySet().iterator().next()
              + " is unknown to this version of Hookferry; if a newer version wrote it, start"
              + " that one");
    }
  }
}
