package dev.hookferry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import dev.hookferry.field.IntegerKind;
import dev.hookferry.field.JsonKind;
import dev.hookferry.field.ListKind;
import dev.hookferry.field.MapKind;
import dev.hookferry.field.OutputKind;
import dev.hookferry.field.SpanKind;
import dev.hookferry.field.TextKind;
import dev.hookferry.http.resource.MasterKeyJson;
import dev.hookferry.http.resource.ServerPropertiesJson;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.signing.Signature;
import dev.hookferry.site.SiteSettingFields;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON schemas of field tables and response shapes. */
final class SchemaOf implements FieldFold<ObjectNode> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final SchemaOf KIND = new SchemaOf();

  /** The name of a schema that several responses share. */
  static final String SECRETS_STATE = "SecretsState";

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
      properties.set(field.name(), required ? node : nullable(node, field.help()));
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
      properties.set(cell.field().name(), isNullable ? nullable(node, cell.field().help()) : node);
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
        accepted.set(
            name,
            (isNullable ? sent : nullable(sent, node.path("description").asText()))
                .put("readOnly", true));
        node.put("readOnly", true);
      }
    }
  }

  private static ObjectNode object(String help) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    return help.isEmpty() ? schema : schema.put("description", help);
  }

  /** A parameter of a path or a query. */
  static ObjectNode parameter(FieldSpec<?> field, String in) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", field.name()).put("in", in);
    if (in.equals("path")) {
      node.put("required", true);
    }
    ObjectNode schema = field.kind().fold(KIND);
    if (field.fallback() != null) {
      schema.put("default", Integer.parseInt(field.fallback()));
    }
    node.put("description", field.help()).set("schema", schema);
    if (field.example() != null) {
      node.set("example", example(field));
    }
    return node;
  }

  /** The schema of a field on its own, for one that several schemas have. */
  static ObjectNode alone(FieldSpec<?> field) {
    return field.kind().fold(KIND).put("description", field.help());
  }

  /** The schema of QLM's flat list. */
  static ObjectNode serverProperties() {
    ObjectNode schema =
        response(
            SiteSettingFields.QLM.named(
                "ServerProperties", "Each event type with its URLs, and QLM's four settings."));
    ObjectNode warnings = property(ServerPropertiesJson.WARNINGS, "").put("readOnly", true);
    ((ObjectNode) schema.get("properties")).set("warnings", warnings);
    schema.set("additionalProperties", alone(ServerPropertiesJson.URLS));
    return schema;
  }

  /** The schema of a change of it, in which a value may be a string, too. */
  static ObjectNode serverPropertiesChange() {
    ObjectNode schema =
        object(
            "Absent properties stay unchanged; \"\" removes an event's URLs. Values may be strings,"
                + " as in a .properties file.");
    ObjectNode properties = schema.putObject("properties");
    for (FieldSpec<?> field : SiteSettingFields.QLM.fields()) {
      ObjectNode node = property(field, "");
      Set<String> types =
          new LinkedHashSet<>(List.of(node.path("type").asText(), "string", "null"));
      types.forEach(node.putArray("type")::add);
      properties.set(field.name(), node);
    }
    ObjectNode warnings = nullable(property(ServerPropertiesJson.WARNINGS, ""), "");
    properties.set("warnings", warnings.put("readOnly", true));
    schema.putArray("required");
    schema.set("additionalProperties", alone(ServerPropertiesJson.URLS));
    return schema;
  }

  private static ObjectNode property(FieldSpec<?> field, String more) {
    if (field == MasterKeyJson.STATE || field == MasterKeyJson.SECRETS) {
      return JsonNodeFactory.instance.objectNode().put("$ref", ref(SECRETS_STATE));
    }
    ObjectNode node = field.kind().fold(KIND);
    if (node.has("$ref")) {
      return node;
    }
    String range =
        field.kind() instanceof SpanKind span ? " A text from " + span.bounds() + "." : "";
    node.put("description", field.help() + range + more);
    if (field.example() != null) {
      node.putArray("examples").add(example(field));
    }
    return node;
  }

  private static JsonNode example(FieldSpec<?> field) {
    Object example = field.example();
    if (field.kind() == OutputKind.JSON || field.kind() instanceof JsonKind<?>) {
      try {
        return JSON.readTree(String.valueOf(example));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(field + " has an example that is not JSON", e);
      }
    }
    return JSON.valueToTree(
        example instanceof List<?> list
            ? list.stream().map(SchemaOf::shown).toList()
            : shown(example));
  }

  private static @Nullable Object shown(@Nullable Object example) {
    if (example instanceof Duration duration) {
      return DurationText.of(duration);
    }
    return example instanceof Instant || example instanceof Signature
        ? example.toString()
        : example;
  }

  private static ObjectNode nullable(ObjectNode node, String help) {
    if (node.has("$ref")) {
      ObjectNode union = node.objectNode();
      if (!help.isEmpty()) {
        union.put("description", help);
      }
      union.putArray("anyOf").add(node).addObject().put("type", "null");
      return union;
    }
    if (!node.has("type")) {
      // Any JSON value: null is one.
      return node;
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
  public ObjectNode integer(IntegerKind kind) {
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
  public ObjectNode json(JsonKind<?> kind) {
    return type("object");
  }

  @Override
  public ObjectNode group(GroupKind<?> kind) {
    if (kind.text() != null) {
      // Generators have no type for a string or an object, so this is any value to them.
      return JsonNodeFactory.instance
          .objectNode()
          .put(
              "description",
              "A "
                  + kind.text().name()
                  + " as a string, or an object with "
                  + String.join(", ", kind.table().names())
                  + ".");
    }
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
