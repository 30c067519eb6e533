package dev.hookferry.site;

import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.refusal.UnknownName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reader of values by name. Prefers changed values over current ones, and adds a problem for each
 * value of the wrong type.
 */
final class SettingsReader {
  private final Map<String, Object> current;
  private final Map<String, ?> changes;
  private final Problems problems;

  SettingsReader(Map<String, Object> current, Map<String, ?> changes, Problems problems) {
    this.current = current;
    this.changes = changes;
    this.problems = problems;
  }

  boolean bool(String name) {
    Object value = value(name);
    if (value instanceof Boolean bool) {
      return bool;
    }
    if (value instanceof String text && (text.equals("true") || text.equals("false"))) {
      return text.equals("true");
    }
    problems.add(name, "must be true or false");
    return false;
  }

  int number(String name, int min, int max) {
    Object value = value(name);
    long number = Long.MIN_VALUE;
    if (value instanceof Integer || value instanceof Long) {
      number = ((Number) value).longValue();
    } else if (value instanceof String text && text.matches("[0-9]{1,9}")) {
      number = Long.parseLong(text);
    }
    problems.require(
        min <= number && number <= max, name, "must be a whole number from " + min + " to " + max);
    return (int) Math.max(min, Math.min(max, number));
  }

  String text(String name, int maxLength) {
    if (value(name) instanceof String text) {
      problems.require(
          text.length() <= maxLength, name, "must have " + maxLength + " characters or fewer");
      return text;
    }
    problems.add(name, "must be a string");
    return "";
  }

  List<String> texts(String name) {
    Object value = value(name);
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    problems.add(name, "must be a list of strings");
    return List.of();
  }

  Map<String, Object> map(String name) {
    Map<String, Object> members = new LinkedHashMap<>();
    if (value(name) instanceof Map<?, ?> map) {
      map.forEach((member, value) -> members.put(String.valueOf(member), value));
    } else {
      problems.add(name, "must be an object");
    }
    return members;
  }

  <E extends Enum<E>> @Nullable E word(String name, Class<E> words, String known) {
    Object value = value(name);
    return Stream.of(words.getEnumConstants())
        .filter(word -> code(word).equals(value))
        .findFirst()
        .orElseGet(
            () -> {
              List<String> all =
                  Stream.of(words.getEnumConstants()).map(SettingsReader::code).toList();
              UnknownName unknown = UnknownName.of(UnknownName.VALUE, String.valueOf(value), all);
              problems.add(new Problem(name, "must be " + known, unknown));
              return null;
            });
  }

  private static String code(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private @Nullable Object value(String name) {
    return changes.containsKey(name) ? changes.get(name) : current.get(name);
  }
}
