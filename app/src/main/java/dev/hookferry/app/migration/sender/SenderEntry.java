package dev.hookferry.app.migration.sender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.cli.io.CommandFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object in a response of another system. A field of an unexpected type fails the import with
 * the field's name, never with its value.
 */
final class SenderEntry {
  private final JsonNode node;
  private final String where;

  /**
   * Creates an entry.
   *
   * @param where the request, for error messages
   */
  SenderEntry(JsonNode node, String where) {
    this.node = node;
    this.where = where;
    if (!node.isObject()) {
      throw new CommandFailure(where + ": the response has no object where one is expected");
    }
  }

  /** Returns the objects of an array. */
  static List<SenderEntry> list(JsonNode array, String where) {
    if (!array.isArray()) {
      throw new CommandFailure(where + ": the response has no list where one is expected");
    }
    List<SenderEntry> entries = new ArrayList<>();
    array.forEach(node -> entries.add(new SenderEntry(node, where)));
    return entries;
  }

  /** Returns a required string, which must not be empty. */
  String required(String field) {
    String text = text(field);
    if (text.isEmpty()) {
      throw unexpected(field, "a string");
    }
    return text;
  }

  /** Returns a string; empty if it is absent or null. */
  String text(String field) {
    JsonNode value = node.path(field);
    if (isAbsent(value)) {
      return "";
    }
    if (!value.isTextual()) {
      throw unexpected(field, "a string");
    }
    return value.textValue();
  }

  /** Returns a whole number; 0 if it is absent or null. */
  int whole(String field) {
    JsonNode value = node.path(field);
    if (isAbsent(value)) {
      return 0;
    }
    if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
      throw unexpected(field, "a whole number");
    }
    return value.intValue();
  }

  /** Returns a flag; false if it is absent or null. */
  boolean flag(String field) {
    JsonNode value = node.path(field);
    if (!isAbsent(value) && !value.isBoolean()) {
      throw unexpected(field, "true or false");
    }
    return value.booleanValue();
  }

  /** Returns a list of strings; null if it is absent or null. */
  @Nullable List<String> texts(String field) {
    JsonNode value = node.path(field);
    if (isAbsent(value)) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value) {
      if (!item.isTextual()) {
        throw unexpected(field, "a list of strings");
      }
      texts.add(item.textValue());
    }
    if (!value.isArray()) {
      throw unexpected(field, "a list of strings");
    }
    return texts;
  }

  /** Returns strings by name; empty if they are absent or null. */
  Map<String, String> pairs(String field) {
    Map<String, String> pairs = new LinkedHashMap<>();
    entry(field)
        .node
        .properties()
        .forEach(
            pair -> {
              if (!pair.getValue().isValueNode()) {
                throw unexpected(field, "an object of strings");
              }
              pairs.put(pair.getKey(), pair.getValue().asText());
            });
    return pairs;
  }

  /** Returns an object; an empty one if it is absent or null. */
  SenderEntry entry(String field) {
    JsonNode value = node.path(field);
    if (isAbsent(value)) {
      return new SenderEntry(JsonNodeFactory.instance.objectNode(), where);
    }
    if (!value.isObject()) {
      throw unexpected(field, "an object");
    }
    return new SenderEntry(value, where);
  }

  /** Returns a list of objects; empty if it is absent or null. */
  List<SenderEntry> entries(String field) {
    JsonNode value = node.path(field);
    return isAbsent(value) ? List.of() : list(value, where);
  }

  /** Returns a required list of objects. */
  List<SenderEntry> requiredEntries(String field) {
    if (!node.path(field).isArray()) {
      throw unexpected(field, "a list");
    }
    return entries(field);
  }

  /** Returns whether a field is present and neither null nor empty. */
  boolean has(String field) {
    JsonNode value = node.path(field);
    boolean isEmpty = value.isContainerNode() && value.isEmpty();
    return !isAbsent(value) && !isEmpty && !(value.isTextual() && value.textValue().isEmpty());
  }

  /** Returns the JSON. */
  JsonNode json() {
    return node;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private CommandFailure unexpected(String field, String expected) {
    return new CommandFailure(where + ": " + field + " in the response must be " + expected);
  }
}
