package dev.hookferry.app.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.site.SettingsByName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds out which fields of a resource must be changed. */
final class FieldChanges {
  private FieldChanges() {}

  /** Fields that are sets, which the server may list in another order. */
  private static final Set<String> SETS = Set.of("eventTypes", "successStatuses", "signatures");

  /** Returns the wanted fields that differ. */
  static ObjectNode between(JsonNode present, ObjectNode wanted) {
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    wanted
        .properties()
        .forEach(
            field -> {
              if (!isSame(field.getKey(), present.path(field.getKey()), field.getValue())) {
                changes.set(field.getKey(), field.getValue());
              }
            });
    return changes;
  }

  /** Adds metadata that is missing or different, and keeps what else is there. */
  static void addMetadata(ObjectNode changes, JsonNode present, Map<String, String> wanted) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.setAll(texts(present.path("metadata")));
    ObjectNode before = all.deepCopy();
    wanted.forEach(all::put);
    if (all.equals(before)) {
      changes.remove("metadata");
    } else {
      changes.set("metadata", all);
    }
  }

  /** Returns the names of the changed fields. */
  static List<String> names(JsonNode changes) {
    return changes.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  private static ObjectNode texts(JsonNode pairs) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    pairs.properties().forEach(pair -> copy.set(pair.getKey(), pair.getValue()));
    return copy;
  }

  private static boolean isSame(String name, JsonNode present, JsonNode wanted) {
    boolean areLists = present.isArray() && wanted.isArray();
    return (areLists && SETS.contains(name))
        ? set(present).equals(set(wanted))
        : isSame(present, wanted);
  }

  /** A masked value may be any. */
  private static boolean isSame(JsonNode present, JsonNode wanted) {
    if (present.asText("").equals(SettingsByName.MASK)) {
      return true;
    }
    if (wanted.isObject() && present.isObject()) {
      return names(present).equals(names(wanted))
          && names(wanted).stream().allMatch(n -> isSame(present.path(n), wanted.path(n)));
    }
    if (wanted.isArray() && present.isArray()) {
      return present.size() == wanted.size()
          && IntStream.range(0, wanted.size())
              .allMatch(i -> isSame(present.path(i), wanted.path(i)));
    }
    return (present.isMissingNode() ? NullNode.instance : present).equals(wanted);
  }

  private static Set<JsonNode> set(JsonNode list) {
    Set<JsonNode> set = new HashSet<>();
    list.forEach(set::add);
    return set;
  }
}
