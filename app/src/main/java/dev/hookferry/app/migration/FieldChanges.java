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

/** Determines which fields of a resource must be changed. */
final class FieldChanges {
  private FieldChanges() {}

  /** Fields that are sets, which the server may list in another order. */
  private static final Set<String> SETS = Set.of("eventTypes", "successStatuses", "signatures");

  /** Returns the wanted fields that differ. */
  static ObjectNode between(JsonNode existing, ObjectNode wanted) {
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    wanted
        .properties()
        .forEach(
            field -> {
              if (!isSame(field.getKey(), existing.path(field.getKey()), field.getValue())) {
                changes.set(field.getKey(), field.getValue());
              }
            });
    return changes;
  }

  /** Adds metadata that is missing or different, and keeps the rest. */
  static void addMetadata(ObjectNode changes, JsonNode existing, Map<String, String> wanted) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.setAll(texts(existing.path("metadata")));
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

  private static boolean isSame(String name, JsonNode existing, JsonNode wanted) {
    boolean areLists = existing.isArray() && wanted.isArray();
    return (areLists && SETS.contains(name))
        ? set(existing).equals(set(wanted))
        : isSame(existing, wanted);
  }

  /** Treats a masked value as the same, since it cannot be compared. */
  private static boolean isSame(JsonNode existing, JsonNode wanted) {
    if (existing.asText("").equals(SettingsByName.MASK)) {
      return true;
    }
    if (wanted.isObject() && existing.isObject()) {
      return names(existing).equals(names(wanted))
          && names(wanted).stream().allMatch(n -> isSame(existing.path(n), wanted.path(n)));
    }
    if (wanted.isArray() && existing.isArray()) {
      return existing.size() == wanted.size()
          && IntStream.range(0, wanted.size())
              .allMatch(i -> isSame(existing.path(i), wanted.path(i)));
    }
    return (existing.isMissingNode() ? NullNode.instance : existing).equals(wanted);
  }

  private static Set<JsonNode> set(JsonNode list) {
    Set<JsonNode> set = new HashSet<>();
    list.forEach(set::add);
    return set;
  }
}
