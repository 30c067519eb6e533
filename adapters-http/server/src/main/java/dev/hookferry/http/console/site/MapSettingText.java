package dev.hookferry.http.console.site;

import dev.hookferry.field.GroupKind;
import dev.hookferry.field.MapKind;
import dev.hookferry.refusal.InvalidException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Text form of settings that map names to values, one line each: {@code endpoint = destination}, or
 * {@code order.paid = fields data.order data.total} for the payloads that customers see.
 */
final class MapSettingText {
  private MapSettingText() {}

  static String text(Map<?, ?> values) {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + value(entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String value(Object value) {
    Collection<?> parts =
        value instanceof Map<?, ?> rule
            ? rule.values()
            : value instanceof Collection<?> list ? list : List.of();
    return parts.isEmpty()
        ? String.valueOf(value)
        : parts.stream().map(MapSettingText::value).collect(Collectors.joining(" "));
  }

  /**
   * Reads the lines.
   *
   * @throws InvalidException if a line has no equals sign, or a name occurs twice
   */
  static Map<String, Object> parse(String field, MapKind<?> kind, String text) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw InvalidException.of(field, "must have lines such as name = value");
      }
      String name = line.substring(0, equals).strip();
      String value = line.substring(equals + 1).strip();
      Object before = values.put(name, kind.item() instanceof GroupKind ? rule(value) : value);
      if (before != null) {
        throw InvalidException.of(field, "must have only one line for " + name);
      }
    }
    return values;
  }

  private static Map<String, Object> rule(String value) {
    List<String> parts = List.of(value.split("\\s+", -1));
    return parts.size() == 1
        ? Map.of("payload", value)
        : Map.of("payload", parts.get(0), "payloadFields", parts.subList(1, parts.size()));
  }
}
