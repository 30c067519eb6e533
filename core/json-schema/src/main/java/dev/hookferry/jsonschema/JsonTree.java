package dev.hookferry.jsonschema;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SimpleType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value with its position in the document. Numbers are exact; equality is as in JSON Schema:
 * {@code 1} equals {@code 1.0}, and the order of members does not matter.
 */
final class JsonTree implements JsonNode {
  private final @Nullable Object value;
  private final SimpleType type;
  private final @Nullable JsonTree parent;
  private final String name;
  private final Budget budget;
  private @Nullable String pointer;

  /**
   * Creates a node.
   *
   * @param value null, a Boolean, a String, a BigDecimal without trailing zeros, a List or a Map;
   *     the nodes in a List or Map are added later
   * @param name the name or index in the parent
   */
  JsonTree(@Nullable Object value, @Nullable JsonTree parent, String name, Budget budget) {
    this.value = value;
    this.parent = parent;
    this.name = name;
    this.budget = budget;
    type = typeOf(value);
  }

  private static SimpleType typeOf(@Nullable Object value) {
    if (value == null) {
      return SimpleType.NULL;
    } else if (value instanceof String) {
      return SimpleType.STRING;
    } else if (value instanceof BigDecimal number) {
      return number.scale() <= 0 ? SimpleType.INTEGER : SimpleType.NUMBER;
    } else if (value instanceof Boolean) {
      return SimpleType.BOOLEAN;
    }
    return value instanceof Map ? SimpleType.OBJECT : SimpleType.ARRAY;
  }

  Budget budget() {
    return budget;
  }

  /** Returns the number of characters, elements or members; 0 for other values. */
  int size() {
    if (value instanceof String text) {
      return text.length();
    } else if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    return value instanceof List<?> list ? list.size() : 0;
  }

  /**
   * Returns the number of values in it, itself included, plus one for every 64 characters of text.
   */
  int weight() {
    int weight = 1 + (value instanceof String text ? text.length() / 64 : 0);
    if (value instanceof Map<?, ?>) {
      for (JsonTree member : members().values()) {
        weight += member.weight();
      }
    } else if (value instanceof List<?>) {
      for (JsonTree element : elements()) {
        weight += element.weight();
      }
    }
    return weight;
  }

  /** Returns the member with this name; null if there is none or this is not an object. */
  @Nullable JsonTree get(String member) {
    return value instanceof Map<?, ?> ? members().get(member) : null;
  }

  @SuppressWarnings("unchecked")
  Map<String, JsonTree> members() {
    return (Map<String, JsonTree>) Objects.requireNonNull(value);
  }

  @SuppressWarnings("unchecked")
  List<JsonTree> elements() {
    return (List<JsonTree>) Objects.requireNonNull(value);
  }

  @Override
  public SimpleType getNodeType() {
    return type;
  }

  @Override
  public String getJsonPointer() {
    String known = pointer;
    if (known == null) {
      known =
          parent == null ? "" : parent.getJsonPointer() + "/" + JsonNode.encodeJsonPointer(name);
      pointer = known;
    }
    return known;
  }

  @Override
  public boolean asBoolean() {
    return (Boolean) Objects.requireNonNull(value);
  }

  @Override
  public String asString() {
    return String.valueOf(value);
  }

  @Override
  public BigInteger asInteger() {
    return asNumber().toBigInteger();
  }

  @Override
  public BigDecimal asNumber() {
    return (BigDecimal) Objects.requireNonNull(value);
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public List<JsonNode> asArray() {
    return (List) elements();
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Map<String, JsonNode> asObject() {
    return (Map) members();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof JsonTree that && Objects.equals(value, that.value));
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(value);
  }

  /** Returns the value in JSON notation for messages; does not escape control characters. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.toString();
  }

  private void write(StringBuilder out) {
    if (value instanceof String text) {
      out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    } else if (value instanceof Map<?, ?>) {
      String comma = "{";
      for (Map.Entry<String, JsonTree> member : members().entrySet()) {
        out.append(comma).append('"').append(member.getKey()).append("\": ");
        member.getValue().write(out);
        comma = ", ";
      }
      out.append(comma.equals("{") ? "{}" : "}");
    } else if (value instanceof List<?>) {
      String comma = "[";
      for (JsonTree element : elements()) {
        out.append(comma);
        element.write(out);
        comma = ", ";
      }
      out.append(comma.equals("[") ? "[]" : "]");
    } else if (value instanceof BigDecimal number) {
      out.append(Math.abs(number.scale()) < 30 ? number.toPlainString() : number.toString());
    } else {
      out.append(value);
    }
  }
}
