package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.OutputOptions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Prints which fields of an object of the API a request has changed. */
public final class ChangedFields {
  private static final String NONE = "none";

  private ChangedFields() {}

  /**
   * Prints a line such as {@code webHookMaxRetries: 5 → 7} for each field of the request that has
   * another value than before; as JSON the whole object.
   *
   * @param given the body of the request
   */
  public static void show(
      OutputOptions options, JsonNode before, JsonNode after, ObjectNode given) {
    if (options.json()) {
      options.print(after);
      return;
    }
    Set<String> fields = new LinkedHashSet<>();
    Iterator<String> names = given.fieldNames();
    while (names.hasNext()) {
      // Settings may be given by the path of a part.
      fields.add(names.next().split("\\.", 2)[0]);
    }
    fields.forEach(field -> show(options, field, before.path(field), after.path(field)));
  }

  private static void show(OutputOptions options, String field, JsonNode before, JsonNode after) {
    Map<String, String> old = new LinkedHashMap<>();
    Map<String, String> now = new LinkedHashMap<>();
    flatten(old, field, before);
    flatten(now, field, after);
    Set<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    names.removeIf(name -> old.getOrDefault(name, NONE).equals(now.getOrDefault(name, NONE)));
    names.forEach(
        name ->
            options.line(
                name + ": " + old.getOrDefault(name, NONE) + " → " + now.getOrDefault(name, NONE)));
    if (names.isEmpty()) {
      options.line(unchanged(field, after));
    }
  }

  /** A secret is never shown, so nobody can say whether it is another one. */
  private static String unchanged(String field, JsonNode now) {
    boolean isShown = now.isValueNode() && !now.asText().startsWith("***");
    return isShown || now.isArray() ? field + " is unchanged" : field + " is saved";
  }

  private static void flatten(Map<String, String> texts, String name, JsonNode value) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(entry -> flatten(texts, name + "." + entry.getKey(), entry.getValue()));
    } else if (!TableListing.text(value).isEmpty()) {
      texts.put(name, TableListing.text(value));
    }
  }
}
