package dev.hookferry.app.migration.sender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** Converts Outpost's filters, which cover whole events, into filters on their data. */
final class OutpostFilter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private OutpostFilter() {}

  /** Returns the equivalent condition on the data; empty if it also covers other parts. */
  static Optional<JsonNode> onData(JsonNode condition) {
    ArrayNode all = JSON.arrayNode();
    for (Map.Entry<String, JsonNode> part : condition.properties()) {
      Optional<JsonNode> onData =
          switch (part.getKey()) {
            case "data" -> Optional.of(part.getValue());
            case "$and", "$or" -> each(part.getKey(), part.getValue());
            case "$not" -> onData(part.getValue()).map(inner -> object("$not", inner));
            default -> Optional.empty();
          };
      if (onData.isEmpty()) {
        return Optional.empty();
      }
      all.add(onData.get());
    }
    return switch (all.size()) {
      case 0 -> Optional.of(JSON.objectNode());
      case 1 -> Optional.of(all.get(0));
      default -> Optional.of(object("$and", all));
    };
  }

  private static Optional<JsonNode> each(String operator, JsonNode conditions) {
    ArrayNode all = JSON.arrayNode();
    for (JsonNode condition : conditions) {
      Optional<JsonNode> onData = onData(condition);
      if (onData.isEmpty()) {
        return Optional.empty();
      }
      all.add(onData.get());
    }
    return Optional.of(object(operator, all));
  }

  private static ObjectNode object(String name, JsonNode value) {
    ObjectNode object = JSON.objectNode();
    object.set(name, value);
    return object;
  }
}
