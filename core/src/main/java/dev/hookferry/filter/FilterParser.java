package dev.hookferry.filter;

import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import dev.hookferry.internal.json.JsonCursor;
import dev.hookferry.internal.json.JsonType;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Parser of the text of a filter. Single use. */
final class FilterParser {
  private static final String FIELD = "filter";
  private static final String AND = "$and";
  private static final String OR = "$or";
  private static final String NOT = "$not";

  /** Convoy's notation for each element of an array; redundant here, so it is skipped. */
  private static final String EACH = "$";

  private static final int MAX_SHOWN = 300;

  private final JsonCursor in;
  private int clauses;

  /** The number of enclosing objects, and of path names, at the current position. */
  private record Depth(int objects, int names) {
    static final Depth NONE = new Depth(0, 0);

    Depth object() {
      return new Depth(objects + 1, names);
    }

    Depth name() {
      return new Depth(objects, names + 1);
    }
  }

  private FilterParser(JsonCursor in) {
    this.in = in;
  }

  /**
   * Parses a filter.
   *
   * @throws InvalidException with the path within the filter and the rule
   */
  static Condition parse(byte[] text) {
    if (text.length > Filter.MAX_BYTES) {
      throw refused("", "must have at most " + Filter.MAX_BYTES + " bytes");
    }
    JsonValidator.require(FIELD, Payload.wrap(text));
    FilterParser parser = new FilterParser(new JsonCursor(text));
    if (parser.in.peek() != '{') {
      throw refused("", "must be a JSON object, such as {\"ProductName\":\"Pro\"}");
    }
    return parser.object("", Depth.NONE);
  }

  private Condition condition(String path, Depth depth) {
    int from = skipBlanks();
    return switch (in.peek()) {
      case '{' -> object(path, depth);
      case '[' ->
          throw refused(
              path,
              "must not be a list; use $in if one of several values is enough, or $and around the"
                  + " field if an array must have them all");
      default -> {
        PayloadValue value = scalar();
        yield comparison(path, Operator.EQ, List.of(value), from);
      }
    };
  }

  private Condition object(String path, Depth depth) {
    Depth inside = depth.object();
    require(
        inside.objects() <= Filter.MAX_DEPTH,
        path,
        "must be nested at most " + Filter.MAX_DEPTH + " objects deep");
    List<Condition> parts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    in.skip();
    while (!in.skipIf('}')) {
      String name = in.name();
      String member = path + '.' + name;
      require(names.add(name), member, "appears twice");
      parts.add(member(name, member, inside));
      var unused = in.skipIf(',');
    }
    require(
        !parts.isEmpty() || path.isEmpty(),
        path,
        "must not be an empty object; name an operator or a field, or use $exists");
    return parts.size() == 1 ? parts.get(0) : new AllOf(List.copyOf(parts));
  }

  private Condition member(String name, String path, Depth depth) {
    int from = skipBlanks();
    switch (name) {
      case AND -> {
        return new AllOf(list(path, depth));
      }
      case OR -> {
        List<Condition> parts = list(path, depth);
        return new AnyOf(clause(OR, from), parts);
      }
      case NOT -> {
        requireObjectAtRoot(path, depth);
        Condition inner = condition(path, depth);
        return new Negation(clause(NOT, from), inner);
      }
      default -> {
        return name.startsWith("$") && !name.startsWith("$.")
            ? comparison(name, path, depth)
            : field(name, path, depth);
      }
    }
  }

  /** Rejects a plain value at the root, where there is no field to compare with it. */
  private void requireObjectAtRoot(String path, Depth depth) {
    require(depth.names() > 0 || in.peek() == '{', path, "must be an object that names a field");
  }

  private List<Condition> list(String path, Depth depth) {
    require(in.peek() == '[', path, "must be a list of conditions");
    List<Condition> parts = new ArrayList<>();
    in.skip();
    while (!in.skipIf(']')) {
      String part = path + '[' + parts.size() + ']';
      requireObjectAtRoot(part, depth);
      parts.add(condition(part, depth));
      var unused = in.skipIf(',');
    }
    require(!parts.isEmpty(), path, "must have at least one condition");
    return List.copyOf(parts);
  }

  private Condition field(String name, String path, Depth depth) {
    List<String> names =
        Stream.of(name.split("\\.", -1)).filter(each -> !each.equals(EACH)).toList();
    require(
        !names.isEmpty() && !names.contains(""),
        path,
        "must be names of fields with single dots between them");
    Depth inside = depth;
    for (String each : names) {
      require(!each.startsWith("$"), path, "must not have an operator after a dot");
      inside = inside.name();
    }
    require(
        inside.names() <= Filter.MAX_DEPTH,
        path,
        "must be a path of at most " + Filter.MAX_DEPTH + " names");
    Condition condition = condition(path, inside);
    for (int i = names.size() - 1; i >= 0; i--) {
      condition = new FieldCondition(names.get(i), condition);
    }
    return condition;
  }

  private Condition comparison(String name, String path, Depth depth) {
    Operator operator = Operator.of(name);
    if (operator == null) {
      List<String> known =
          Stream.concat(Operator.symbols().stream(), Stream.of(AND, OR, NOT)).toList();
      String all = String.join(", ", known).replaceFirst("(.*), ", "$1 or ");
      throw refused(path, "unknown operator " + name + "; " + advice(name, all, known));
    }
    require(depth.names() > 0, path, "must be inside a field, such as {\"Seats\":{\"$gte\":10}}");
    int from = skipBlanks();
    return comparison(path, operator, operands(operator, path), from);
  }

  private static String advice(String name, String all, List<String> known) {
    return name.equals("$regex")
        ? "use $startsWith, $endsWith or $contains instead of a regular expression"
        : "use " + all + Nearest.hint(name, known);
  }

  private List<PayloadValue> operands(Operator operator, String path) {
    Operator.Operand operand = operator.operand();
    if (operand != Operator.Operand.LIST) {
      PayloadValue value = scalar();
      require(operand.allows(value.kind()), path, operand.rule());
      return List.of(value);
    }
    String fix = in.peek() == '"' ? "; use $contains for a part of a string" : "";
    require(in.peek() == '[', path, operand.rule() + fix);
    List<PayloadValue> operands = new ArrayList<>();
    in.skip();
    while (!in.skipIf(']')) {
      PayloadValue value = scalar();
      require(operand.allows(value.kind()), path, operand.rule());
      operands.add(value);
      var unused = in.skipIf(',');
    }
    require(!operands.isEmpty(), path, operand.rule());
    return operands;
  }

  private Condition comparison(
      String path, Operator operator, List<PayloadValue> operands, int from) {
    clauses++;
    require(
        clauses <= Filter.MAX_CLAUSES,
        path,
        "exceeds the limit of " + Filter.MAX_CLAUSES + " clauses per filter");
    return new Comparison(clause(operator.symbol(), from), operator.test(operands));
  }

  /** Reads any value, ignoring the content of objects and arrays. */
  private PayloadValue scalar() {
    int from = skipBlanks();
    JsonType kind = JsonType.of(in.peek());
    in.skipValue();
    return new PayloadValue(kind, in.text(), from, in.at());
  }

  private int skipBlanks() {
    var unused = in.peek();
    return in.at();
  }

  /** Returns an operator and the operand just read, which began at {@code from}, as JSON. */
  private String clause(String symbol, int from) {
    String operand = PayloadValue.cut(in.text(), from, in.at(), MAX_SHOWN - symbol.length() - 6);
    return "{\"" + symbol + "\":" + operand + '}';
  }

  private static void require(boolean condition, String path, String rule) {
    if (!condition) {
      throw refused(path, rule);
    }
  }

  private static InvalidException refused(String path, String rule) {
    String shown = path.length() <= MAX_SHOWN ? path : path.substring(0, MAX_SHOWN) + "…";
    return InvalidException.of(FIELD + shown, rule);
  }
}
