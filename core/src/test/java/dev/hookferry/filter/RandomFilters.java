package dev.hookferry.filter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random filters and payloads over few names and values, so that they often match. */
final class RandomFilters {
  private static final List<String> NAMES = List.of("a", "b", "é", "c d");
  private static final List<String> TEXTS =
      List.of("", "a", "ab", "aab", "b", "1", "é", "\uD83D\uDE00", "\uFFFD", "q\"\\\n\t/");
  private static final List<String> NUMBERS =
      List.of(
          "0", "1", "1.0", "-1", "10", "1e1", "0.1", "1e99999", "-1E-99999", "99999999999999999");

  private final Random random;

  RandomFilters(Random random) {
    this.random = random;
  }

  /** A filter that is within all limits. */
  Object filter() {
    return object(0, 1);
  }

  private Object object(int names, int objects) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(10);
      if (kind < 3 && names > 0 || names == 3) {
        comparison(members);
      } else if (kind == 3 && objects < 4) {
        String logical = random.nextBoolean() ? "$or" : "$and";
        members.put(
            logical, list(1 + random.nextInt(2), () -> condition(names, objects + 1, names > 0)));
      } else if (kind == 4 && objects < 5) {
        members.put("$not", condition(names, objects + 1, names > 0));
      } else if (kind == 5 && names < 2) {
        String path = name() + (random.nextBoolean() ? "." : ".$.") + name();
        members.put(path, condition(names + 2, objects + 1, true));
      } else {
        members.put(name(), condition(names + 1, objects + 1, true));
      }
    }
    return members;
  }

  private @Nullable Object condition(int names, int objects, boolean scalars) {
    return scalars && (objects > 5 || random.nextInt(3) == 0) ? scalar() : object(names, objects);
  }

  private void comparison(Map<String, @Nullable Object> members) {
    switch (random.nextInt(8)) {
      case 0 -> members.put("$eq", scalar());
      case 1 -> members.put("$neq", scalar());
      case 2 -> members.put(one(List.of("$gt", "$gte", "$lt", "$lte")), ordered());
      case 3 -> members.put(one(List.of("$gt", "$gte", "$lt", "$lte")), number());
      case 4 -> members.put("$in", list(1 + random.nextInt(3), this::scalar));
      case 5 -> members.put("$nin", list(1 + random.nextInt(3), this::scalar));
      case 6 -> members.put(random.nextBoolean() ? "$exists" : "$exist", random.nextBoolean());
      default -> members.put(one(List.of("$startsWith", "$endsWith", "$contains")), one(TEXTS));
    }
  }

  /** A value of a payload. */
  @Nullable Object value(int depth) {
    int kind = depth == 0 ? 9 : random.nextInt(10);
    if (kind < 5) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        members.put(name(), value(depth - 1));
      }
      return members;
    }
    return kind < 7 ? list(random.nextInt(4), () -> value(depth - 1)) : scalar();
  }

  private @Nullable Object scalar() {
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      default -> ordered();
    };
  }

  private Object ordered() {
    return random.nextBoolean() ? number() : one(TEXTS);
  }

  private BigDecimal number() {
    return new BigDecimal(one(NUMBERS));
  }

  private String name() {
    return one(NAMES);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static List<@Nullable Object> list(int size, Supplier<@Nullable Object> item) {
    List<@Nullable Object> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      items.add(item.get());
    }
    return items;
  }

  /**
   * Writes a tree as JSON, with random blanks and escapes.
   *
   * @param repeating whether to repeat names with other values, which must not count
   */
  String text(@Nullable Object tree, boolean repeating) {
    StringBuilder out = new StringBuilder();
    write(tree, repeating, out);
    return out.toString();
  }

  private void write(@Nullable Object tree, boolean repeating, StringBuilder out) {
    blank(out);
    if (tree instanceof Map<?, ?> map) {
      String comma = "{";
      for (Map.Entry<?, ?> member : map.entrySet()) {
        out.append(comma);
        name((String) member.getKey(), out);
        write(member.getValue(), repeating, out);
        comma = ",";
        if (repeating && random.nextInt(10) == 0) {
          out.append(',');
          name((String) member.getKey(), out);
          write(value(1), true, out);
        }
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (tree instanceof List<?> list) {
      String comma = "";
      out.append('[');
      for (Object item : list) {
        out.append(comma);
        write(item, repeating, out);
        comma = ",";
      }
      out.append(']');
    } else if (tree instanceof String text) {
      quoted(text, out);
    } else if (tree instanceof BigDecimal number) {
      out.append(number);
    } else {
      out.append(tree);
    }
    blank(out);
  }

  private void name(String name, StringBuilder out) {
    blank(out);
    quoted(name, out);
    blank(out);
    out.append(':');
  }

  private void blank(StringBuilder out) {
    if (random.nextInt(8) == 0) {
      out.append(one(List.of(" ", "\n", "\t ", "\r\n")));
    }
  }

  private void quoted(String text, StringBuilder out) {
    out.append('"');
    // Half a character cannot be written in UTF-8, so that both halves are escaped or none.
    boolean surrogates = random.nextBoolean();
    for (char c : text.toCharArray()) {
      boolean escaped = Character.isSurrogate(c) ? surrogates : random.nextInt(6) == 0;
      if (c < ' ' || escaped) {
        out.append(String.format("\\u%04x", (int) c));
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        out.append(c == '/' && random.nextBoolean() ? "\\/" : String.valueOf(c));
      }
    }
    out.append('"');
  }
}
