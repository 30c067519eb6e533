package dev.hookferry.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.field.ChoiceKind;
import dev.hookferry.field.DurationText;
import dev.hookferry.field.FieldFold;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.GroupKind;
import dev.hookferry.field.ListKind;
import dev.hookferry.field.MapKind;
import dev.hookferry.field.OutputKind;
import dev.hookferry.field.SpanKind;
import dev.hookferry.field.TextKind;
import dev.hookferry.field.WholeKind;
import dev.hookferry.http.wire.ResponseShape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** JSON schemas of field tables and response shapes. */
final class SchemaOf implements FieldFold<ObjectNode> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final SchemaOf KIND = new SchemaOf();

  private SchemaOf() {}

  /** The schema of a request: what is not required may be null, which means absent. */
  static ObjectNode request(FieldTable table) {
    ObjectNode schema = object(table.help());
    ObjectNode properties = schema.putObject("properties");
    for (FieldSpec<?> field : table.fields()) {
      String fallback = field.fallback();
      String more = fallback == null || fallback.isEmpty() ? "" : " Default: " + fallback + ".";
      ObjectNode node = property(field, more);
      boolean required = table.required().contains(field.name());
      properties.set(field.name(), required ? node : nullable(node));
    }
    List<String> names = table.names().stream().filter(table.required()::contains).toList();
    names.forEach(schema.putArray("required")::add);
    return schema.put("additionalProperties", false);
  }

  /** The schema of a response that has all fields of a table. */
  static ObjectNode response(FieldTable table) {
    ObjectNode schema = object(table.help());
    ObjectNode properties = schema.putObject("properties");
    table.fields().forEach(field -> properties.set(field.name(), property(field, "")));
    table.names().forEach(schema.putArray("required")::add);
    return schema;
  }

  /** The schema of a response. */
  static ObjectNode response(ResponseShape<?> shape) {
    ObjectNode schema = object(shape.help());
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (ResponseShape.Cell<?> cell : shape.cells()) {
      ObjectNode node = property(cell.field(), "");
      boolean isNullable = cell.presence() == ResponseShape.Presence.NULLABLE;
      properties.set(cell.field().name(), isNullable ? nullable(node) : node);
      if (cell.presence() != ResponseShape.Presence.OPTIONAL) {
        required.add(cell.field().name());
      }
    }
    schema.set("required", required);
    return schema;
  }

  /**
   * Marks the fields that only a response has as read-only, and lets the request have them, so that
   * a client can send back what it read.
   */
  static void addReadOnly(ObjectNode request, ObjectNode response) {
    ObjectNode accepted = (ObjectNode) request.get("properties");
    ObjectNode shown = (ObjectNode) response.get("properties");
    for (String name : shown.propertyStream().map(Map.Entry::getKey).toList()) {
      if (!accepted.has(name)) {
        ObjectNode node = (ObjectNode) shown.get(name);
        ObjectNode sent = node.deepCopy();
        boolean isNullable = node.path("type").isArray();
        accepted.set(name, (isNullable ? sent : nullable(sent)).put("readOnly", true));
        node.put("readOnly", true);
      }
    }
  }

  private static ObjectNode object(String help) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    return help.isEmpty() ? schema : schema.put("description", help);
  }

  private static ObjectNode property(FieldSpec<?> field, String more) {
    ObjectNode node = field.kind().fold(KIND);
    if (!node.has("$ref")) {
      String range =
          field.kind() instanceof SpanKind span ? " A text from " + span.bounds() + "." : "";
      node.put("description", field.help() + range + more);
    }
    if (field.example() != null && !node.has("$ref")) {
      Object example = field.example();
      node.putArray("examples")
          .add(
              example instanceof Instant || example instanceof Duration
                  ? JSON.valueToTree(shown(example))
                  : JSON.valueToTree(example));
    }
    return node;
  }

  private static String shown(Object example) {
    return example instanceof Duration duration ? DurationText.of(duration) : example.toString();
  }

  private static ObjectNode nullable(ObjectNode node) {
    if (node.has("$ref")) {
      ObjectNode union = node.objectNode();
      union.putArray("anyOf").add(node).addObject().put("type", "null");
      return union;
    }
    String type = node.path("type").asText();
    node.putArray("type").add(type).add("null");
    if (node.get("enum") instanceof ArrayNode words) {
      words.addNull();
    }
    return node;
  }

  private static ObjectNode type(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  @Override
  public ObjectNode text(TextKind kind) {
    ObjectNode node = type("string");
    if (kind.min() > 0) {
      node.put("minLength", kind.min());
    }
    if (kind.max() < Integer.MAX_VALUE) {
      node.put("maxLength", kind.max());
    }
    return kind.pattern() == null ? node : node.put("pattern", kind.pattern());
  }

  @Override
  public ObjectNode choice(ChoiceKind kind) {
    ObjectNode node = type("string");
    kind.words().forEach(node.putArray("enum")::add);
    return node;
  }

  @Override
  public ObjectNode whole(WholeKind kind) {
    ObjectNode node = type("integer").put("minimum", kind.min());
    return kind.max() < Integer.MAX_VALUE ? node.put("maximum", kind.max()) : node;
  }

  @Override
  public ObjectNode flag() {
    return type("boolean");
  }

  @Override
  public ObjectNode time() {
    return type("string").put("format", "date-time");
  }

  @Override
  public ObjectNode span(SpanKind kind) {
    return type("string").put("pattern", "^[0-9]{1,9}(ms|s|m|h|d)$");
  }

  @Override
  public ObjectNode list(ListKind<?> kind) {
    ObjectNode node = type("array");
    node.set("items", kind.item().fold(this));
    if (kind.min() > 0) {
      node.put("minItems", kind.min());
    }
    return kind.max() < Integer.MAX_VALUE ? node.put("maxItems", kind.max()) : node;
  }

  @Override
  public ObjectNode map(MapKind<?> kind) {
    ObjectNode node = type("object");
    node.set("additionalProperties", kind.item().fold(this));
    return kind.max() < Integer.MAX_VALUE ? node.put("maxProperties", kind.max()) : node;
  }

  @Override
  public ObjectNode group(GroupKind<?> kind) {
    return JsonNodeFactory.instance.objectNode().put("$ref", ref(kind.table().name()));
  }

  @Override
  public ObjectNode output(OutputKind kind) {
    return switch (kind) {
      case JSON -> JsonNodeFactory.instance.objectNode();
      case MILLIS -> type("number").put("minimum", 0);
      case BASE64 -> type("string").put("contentEncoding", "base64");
    };
  }

  /** The reference to a schema. */
  static String ref(String name) {
    return "#/components/schemas/" + name;
  }
}
