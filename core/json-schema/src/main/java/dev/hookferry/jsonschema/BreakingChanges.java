package dev.hookferry.jsonschema;

import dev.hookferry.refusal.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Comparison of schemas that finds changes that may break producers, whose data would be refused,
 * or receivers, which would get unexpected data. It recognizes only a few compatible changes and
 * treats everything else as breaking, because a new version costs little.
 */
final class BreakingChanges {
  private static final int MAX = 20;

  /** Keywords that do not affect validation. */
  private static final Set<String> NOTES =
      Set.of(
          "title",
          "description",
          "default",
          "examples",
          "$comment",
          "deprecated",
          "readOnly",
          "writeOnly",
          "$schema",
          "$id",
          "format");

  private final List<Problem> found = new ArrayList<>();

  private BreakingChanges() {}

  static List<Problem> between(JsonTree before, JsonTree after) {
    BreakingChanges changes = new BreakingChanges();
    changes.compare(before, after);
    return changes.found.stream().limit(MAX).toList();
  }

  private void compare(JsonTree before, JsonTree after) {
    if (before.equals(after)) {
      return;
    }
    if (!before.isObject() || !after.isObject()) {
      add(after.getJsonPointer(), "is replaced by another schema");
      return;
    }
    Set<String> keywords = new TreeSet<>(before.members().keySet());
    keywords.addAll(after.members().keySet());
    keywords.removeAll(NOTES);
    for (String keyword : keywords) {
      compare(keyword, before, after);
    }
  }

  private void compare(String keyword, JsonTree old, JsonTree schema) {
    JsonTree before = old.get(keyword);
    JsonTree after = schema.get(keyword);
    if (Objects.equals(before, after)) {
      return;
    }
    if (keyword.equals("properties") || keyword.equals("$defs")) {
      parts(keyword, old, schema);
    } else if (before != null
        && after != null
        && (keyword.equals("items") || keyword.equals("additionalProperties"))) {
      compare(before, after);
    } else {
      add(schema.getJsonPointer(), change(keyword, before, after));
    }
  }

  /**
   * Compares {@code properties} or {@code $defs}. An added property is optional, unless it was
   * already required with any value; {@code required} itself is compared separately.
   */
  private void parts(String keyword, JsonTree old, JsonTree schema) {
    JsonTree before = old.get(keyword);
    JsonTree after = schema.get(keyword);
    Map<String, JsonTree> known = before == null ? Map.of() : before.members();
    Map<String, JsonTree> fresh = after == null ? Map.of() : after.members();
    known.forEach(
        (name, part) -> {
          JsonTree now = fresh.get(name);
          if (now == null) {
            add(schema.getJsonPointer() + "/" + keyword + "/" + name, "is removed");
          } else {
            compare(part, now);
          }
        });
    if (keyword.equals("properties")) {
      fresh.keySet().stream()
          .filter(name -> !known.containsKey(name))
          .forEach(name -> added(old, schema.getJsonPointer() + "/properties/" + name, name));
    }
  }

  private void added(JsonTree old, String place, String name) {
    if (isClosed(old.get("additionalProperties")) || isClosed(old.get("unevaluatedProperties"))) {
      add(place, "is added, where other properties were ruled out");
    } else if (names(old.get("required"), name)
        || members(old.get("dependentRequired")).stream().anyMatch(list -> names(list, name))) {
      add(place, "is added, although it was required with any value");
    }
  }

  private static boolean isClosed(@Nullable JsonTree others) {
    return others != null && !(others.isBoolean() && others.asBoolean());
  }

  private static Collection<JsonTree> members(@Nullable JsonTree object) {
    return object != null && object.isObject() ? object.members().values() : List.of();
  }

  private static boolean names(@Nullable JsonTree list, String name) {
    return list != null
        && list.isArray()
        && list.elements().stream().anyMatch(one -> one.isString() && one.asString().equals(name));
  }

  private void add(String place, String change) {
    found.add(new Problem("schema" + place, change));
  }

  private static String change(
      String keyword, @Nullable JsonTree before, @Nullable JsonTree after) {
    if (before == null) {
      return "adds \"" + keyword + '"';
    }
    return after == null
        ? "removes \"" + keyword + '"'
        : "changes \"" + keyword + "\" from " + brief(before) + " to " + brief(after);
  }

  private static String brief(JsonTree value) {
    String text = value.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + " …";
  }
}
