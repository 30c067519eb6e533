package dev.hookferry.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Examples of schemas: a field's own example where it has one, else the plainest value that fits.
 * Those of requests have only the fields that are required or have an example.
 */
final class SchemaExamples {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String ID = "01m89rmsm2e00bctbf2wktq7j8";

  private final JsonNode document;
  private final boolean request;

  SchemaExamples(JsonNode document, boolean request) {
    this.document = document;
    this.request = request;
  }

  /** An example of a schema. */
  JsonNode of(JsonNode schema) {
    if (schema.has("$ref")) {
      return of(document.at(schema.path("$ref").asText().substring(1)));
    }
    if (schema.has("examples")) {
      return schema.at("/examples/0");
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (schema.has("anyOf") || schema.path("type").isArray()) {
      return NODES.nullNode();
    }
    return switch (schema.path("type").asText()) {
      case "object" -> object(schema);
      case "array" -> array(schema.path("items"));
      case "string" -> text(schema);
      case "integer", "number" -> NODES.numberNode(schema.path("minimum").asInt());
      case "boolean" -> NODES.booleanNode(true);
      default -> NODES.objectNode();
    };
  }

  private ObjectNode object(JsonNode schema) {
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    ObjectNode example = NODES.objectNode();
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      if (required.contains(field.getKey()) || field.getValue().has("examples")) {
        example.set(field.getKey(), of(field.getValue()));
      }
    }
    return example;
  }

  private ArrayNode array(JsonNode items) {
    ArrayNode example = NODES.arrayNode();
    boolean plain = items.path("type").asText().equals("string") && !items.has("enum");
    return plain ? example : example.add(of(items));
  }

  private JsonNode text(JsonNode schema) {
    if (schema.has("enum")) {
      return schema.at("/enum/0");
    }
    if (schema.path("format").asText().equals("date-time")) {
      return NODES.textNode("2026-01-01T12:00:00Z");
    }
    String pattern = schema.path("pattern").asText();
    return NODES.textNode(
        pattern.endsWith("_[0-9a-z]{26}$")
            ? pattern.substring(1, pattern.indexOf('_') + 1) + ID
            : "");
  }
}
