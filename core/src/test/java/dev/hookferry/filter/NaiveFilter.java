package dev.hookferry.filter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A naive reference implementation of filters: on trees of Map, List, String, BigDecimal, Boolean
 * and null.
 */
final class NaiveFilter {
  private static final Object MISSING = new Object();
  private static final Object NO_ELEMENT = new Object();

  private NaiveFilter() {}

  static boolean matches(Object filter, @Nullable Object data) {
    return any(filter, data);
  }

  private static boolean any(@Nullable Object condition, @Nullable Object value) {
    return elements(value).stream().anyMatch(element -> one(condition, element));
  }

  /** A value that is no array is its only element. */
  private static Collection<@Nullable Object> elements(@Nullable Object value) {
    List<@Nullable Object> all = new ArrayList<>();
    flatten(value, all);
    return all.isEmpty() ? List.of(NO_ELEMENT) : all;
  }

  private static void flatten(@Nullable Object value, List<@Nullable Object> into) {
    if (value instanceof List<?> list) {
      list.forEach(each -> flatten(each, into));
    } else {
      into.add(value);
    }
  }

  private static boolean one(@Nullable Object condition, @Nullable Object value) {
    if (!(condition instanceof Map<?, ?> members)) {
      return compares("$eq", condition, value);
    }
    return members.entrySet().stream()
        .allMatch(member -> member((String) member.getKey(), member.getValue(), value));
  }

  private static boolean member(String name, @Nullable Object inner, @Nullable Object value) {
    return switch (name) {
      case "$and" -> ((List<?>) inner).stream().allMatch(each -> one(each, value));
      case "$or" -> ((List<?>) inner).stream().anyMatch(each -> one(each, value));
      case "$not" -> !one(inner, value);
      default ->
          name.startsWith("$") && !name.startsWith("$.")
              ? compares(name, inner, value)
              : path(Arrays.asList(name.split("\\.")), inner, value);
    };
  }

  private static boolean path(List<String> names, @Nullable Object inner, @Nullable Object value) {
    if (names.isEmpty()) {
      return one(inner, value);
    }
    List<String> rest = names.subList(1, names.size());
    if (names.get(0).equals("$")) {
      return path(rest, inner, value);
    }
    boolean isThere = value instanceof Map<?, ?> map && map.containsKey(names.get(0));
    Object child = isThere ? ((Map<?, ?>) value).get(names.get(0)) : MISSING;
    return elements(child).stream().anyMatch(each -> path(rest, inner, each));
  }

  private static boolean compares(
      String operator, @Nullable Object operand, @Nullable Object value) {
    if (operator.equals("$exists") || operator.equals("$exist")) {
      return (value != MISSING) == (Boolean) operand;
    }
    if (value == MISSING || value == NO_ELEMENT) {
      return false;
    }
    return switch (operator) {
      case "$eq" -> same(operand, value);
      case "$neq" -> !same(operand, value);
      case "$in" -> ((List<?>) operand).stream().anyMatch(each -> same(each, value));
      case "$nin" -> ((List<?>) operand).stream().noneMatch(each -> same(each, value));
      case "$startsWith" -> value instanceof String text && text.startsWith((String) operand);
      case "$endsWith" -> value instanceof String text && text.endsWith((String) operand);
      case "$contains" -> value instanceof String text && text.contains((String) operand);
      default -> ordered(operator, operand, value);
    };
  }

  private static boolean same(@Nullable Object one, @Nullable Object other) {
    if (one instanceof BigDecimal a && other instanceof BigDecimal b) {
      return a.compareTo(b) == 0;
    }
    return one == null ? other == null : one.equals(other);
  }

  private static boolean ordered(
      String operator, @Nullable Object operand, @Nullable Object value) {
    int order;
    if (operand instanceof BigDecimal bound && value instanceof BigDecimal number) {
      order = number.compareTo(bound);
    } else if (operand instanceof String bound && value instanceof String text) {
      order = Arrays.compare(text.codePoints().toArray(), bound.codePoints().toArray());
    } else {
      return false;
    }
    return switch (operator) {
      case "$gt" -> order > 0;
      case "$gte" -> order >= 0;
      case "$lt" -> order < 0;
      case "$lte" -> order <= 0;
      default -> throw new IllegalArgumentException(operator);
    };
  }
}
