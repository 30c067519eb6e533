package dev.hookferry.jsonschema;

import dev.hookferry.refusal.Problems;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Rules for schemas in addition to the meta-schema. For single use. */
final class SchemaRules {
  private static final int MAX_DEPTH = 32;

  /** Keywords whose values are data, not schemas. */
  private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

  /** Keywords whose values map names chosen by the author to schemas. */
  private static final Set<String> NAMED =
      Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

  private final JsonTree root;
  private final Problems problems;
  private final Set<String> anchors = new HashSet<>();
  private final Map<String, String> references = new LinkedHashMap<>();

  private SchemaRules(JsonTree root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  static void check(JsonTree root, Problems problems) {
    SchemaRules rules = new SchemaRules(root, problems);
    rules.schema(root, 0);
    rules.references.forEach(rules::resolve);
  }

  private void schema(JsonTree schema, int depth) {
    if (depth > MAX_DEPTH) {
      problem(schema, "must not nest schemas more than " + MAX_DEPTH + " deep");
    } else if (schema.isObject()) {
      schema.members().forEach((keyword, value) -> keyword(keyword, value, depth));
    } else if (schema.isArray()) {
      schema.elements().forEach(element -> schema(element, depth + 1));
    }
  }

  private void keyword(String keyword, JsonTree value, int depth) {
    switch (keyword) {
      case "$schema" ->
          require(
              value.asString().equals(SchemaLibrarySetup.DIALECT) && depth == 0,
              value,
              "must be " + SchemaLibrarySetup.DIALECT + ", at the top of the schema");
      case "$id" -> require(depth == 0, value, "is only possible at the top of the schema");
      case "$vocabulary" -> problem(value, "is not supported");
      case "$anchor", "$dynamicAnchor" -> anchors.add(value.asString());
      case "$ref", "$dynamicRef" -> references.put(value.getJsonPointer(), value.asString());
      case "pattern" -> pattern(value, value.asString());
      default -> {}
    }
    if (NAMED.contains(keyword) && value.isObject()) {
      value
          .members()
          .forEach(
              (name, schema) -> {
                if (keyword.equals("patternProperties")) {
                  pattern(schema, name);
                }
                schema(schema, depth + 1);
              });
    } else if (!DATA.contains(keyword)) {
      schema(value, depth + 1);
    }
  }

  private void pattern(JsonTree place, String expression) {
    try {
      var unused = LinearPattern.of(expression);
    } catch (IllegalArgumentException e) {
      problem(place, String.valueOf(e.getMessage()));
    }
  }

  private void resolve(String place, String reference) {
    String rule = "must begin with #: a schema refers only to its own parts";
    if (reference.startsWith("#")) {
      rule = "refers to no part of the schema";
    }
    boolean known =
        reference.equals("#")
            || (reference.startsWith("#/") && exists(reference.substring(2)))
            || (reference.startsWith("#") && anchors.contains(reference.substring(1)));
    problems.require(known, "schema" + place, rule);
  }

  private boolean exists(String pointer) {
    JsonTree place = root;
    for (String segment : decoded(pointer).split("/", -1)) {
      String name = segment.replace("~1", "/").replace("~0", "~");
      JsonTree next = place.get(name);
      if (place.isArray()) {
        boolean within = name.matches("[0-9]{1,6}") && Integer.parseInt(name) < place.size();
        next = within ? place.elements().get(Integer.parseInt(name)) : null;
      }
      if (next == null) {
        return false;
      }
      place = next;
    }
    return place.isObject() || place.isBoolean();
  }

  /** Decodes the JSON pointer of a reference, which may be percent-encoded as part of a URI. */
  private static String decoded(String pointer) {
    try {
      return URLDecoder.decode(pointer.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return pointer;
    }
  }

  private void require(boolean condition, JsonTree place, String rule) {
    if (!condition) {
      problem(place, rule);
    }
  }

  private void problem(JsonTree place, String rule) {
    problems.add("schema" + place.getJsonPointer(), rule);
  }
}
