package dev.hookferry.filter;

import dev.hookferry.internal.json.Decimal;
import dev.hookferry.internal.json.JsonType;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operators that compare a value. */
enum Operator {
  EQ("$eq", Operand.SCALAR, "be"),
  NEQ("$neq", Operand.SCALAR, "not be"),
  GT("$gt", Operand.ORDERED, "be greater than"),
  GTE("$gte", Operand.ORDERED, "be at least"),
  LT("$lt", Operand.ORDERED, "be less than"),
  LTE("$lte", Operand.ORDERED, "be at most"),
  IN("$in", Operand.LIST, "be one of"),
  NIN("$nin", Operand.LIST, "be none of"),
  EXISTS("$exists", Operand.FLAG, "exist"),
  STARTS_WITH("$startsWith", Operand.TEXT, "begin with"),
  ENDS_WITH("$endsWith", Operand.TEXT, "end with"),
  CONTAINS("$contains", Operand.TEXT, "contain");

  /** Spelling of {@code $exists} in Outpost and Convoy. */
  private static final String OTHER_EXISTS = "$exist";

  private final String symbol;
  private final Operand operand;
  private final String phrase;

  Operator(String symbol, Operand operand, String phrase) {
    this.symbol = symbol;
    this.operand = operand;
    this.phrase = phrase;
  }

  /** Operand types of an operator. */
  enum Operand {
    SCALAR("must be a string, a number, true, false or null"),
    ORDERED("must be a number or a string"),
    LIST("must be a list of strings, numbers, true, false or null, at least one"),
    FLAG("must be true or false"),
    TEXT("must be a string");

    private final String rule;

    Operand(String rule) {
      this.rule = rule;
    }

    String rule() {
      return rule;
    }

    boolean allows(JsonType kind) {
      return switch (this) {
        case SCALAR, LIST -> kind != JsonType.OBJECT && kind != JsonType.ARRAY;
        case ORDERED -> kind == JsonType.NUMBER || kind == JsonType.TEXT;
        case FLAG -> kind == JsonType.TRUE || kind == JsonType.FALSE;
        case TEXT -> kind == JsonType.TEXT;
      };
    }
  }

  static @Nullable Operator of(String symbol) {
    if (symbol.equals(OTHER_EXISTS)) {
      return EXISTS;
    }
    for (Operator operator : values()) {
      if (operator.symbol.equals(symbol)) {
        return operator;
      }
    }
    return null;
  }

  static List<String> symbols() {
    return Stream.of(values()).map(operator -> operator.symbol).toList();
  }

  String symbol() {
    return symbol;
  }

  Operand operand() {
    return operand;
  }

  /**
   * Returns the condition as text, such as {@code be at least 10}.
   *
   * @param json the operand as JSON
   */
  String words(String json) {
    if (this == EXISTS) {
      return json.equals("true") ? phrase : "not " + phrase;
    }
    return phrase + " " + json;
  }

  /**
   * Returns the test that a value must pass.
   *
   * @param operands the values to compare with, of the allowed kinds: exactly one, or at least one
   *     for a list
   */
  Predicate<PayloadValue> test(List<PayloadValue> operands) {
    Object key = operands.get(0).key();
    return switch (this) {
      case EQ -> value -> value.isComparable() && value.key().equals(key);
      case NEQ -> value -> value.isComparable() && !value.key().equals(key);
      case IN -> in(operands, true);
      case NIN -> in(operands, false);
      case GT -> ordered(key, order -> order > 0);
      case GTE -> ordered(key, order -> order >= 0);
      case LT -> ordered(key, order -> order < 0);
      case LTE -> ordered(key, order -> order <= 0);
      case EXISTS -> value -> (value.kind() != JsonType.MISSING) == (key == JsonType.TRUE);
      case STARTS_WITH -> value -> value.key() instanceof String text && text.startsWith(text(key));
      case ENDS_WITH -> value -> value.key() instanceof String text && text.endsWith(text(key));
      case CONTAINS -> {
        TextSearch search = new TextSearch(text(key));
        yield value -> value.key() instanceof String text && search.isIn(text);
      }
    };
  }

  private static String text(Object key) {
    return (String) key;
  }

  private static Predicate<PayloadValue> in(List<PayloadValue> operands, boolean expected) {
    Set<Object> keys = operands.stream().map(PayloadValue::key).collect(Collectors.toSet());
    return value -> value.isComparable() && keys.contains(value.key()) == expected;
  }

  /** Returns a test by order. Values whose type differs from the operand's never match. */
  private static Predicate<PayloadValue> ordered(Object key, IntPredicate rule) {
    if (key instanceof Decimal bound) {
      return value -> value.key() instanceof Decimal number && rule.test(number.compareTo(bound));
    }
    String bound = text(key);
    return value -> value.key() instanceof String text && rule.test(codePointOrder(text, bound));
  }

  /** Compares by code points, not by UTF-16 units as {@link String#compareTo} does. */
  private static int codePointOrder(String one, String other) {
    int shorter = Math.min(one.length(), other.length());
    for (int i = 0; i < shorter; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
        return surrogates && a >= Character.MIN_SURROGATE && b >= Character.MIN_SURROGATE
            ? Character.compare(b, a)
            : Character.compare(a, b);
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}
