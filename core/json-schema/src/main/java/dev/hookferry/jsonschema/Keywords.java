package dev.hookferry.jsonschema;

import dev.harrel.jsonschema.Draft2020EvaluatorFactory;
import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SchemaParsingContext;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Factory of keyword evaluators, each of which charges its cost to the budget. Most come from the
 * library; replaced are those whose cost is not proportional to the size of their input, and those
 * whose messages would repeat the data.
 */
final class Keywords implements EvaluatorFactory {
  /** Limit on the elements or characters one step may examine in a large array, object or text. */
  private static final int PER_STEP = 16;

  private final EvaluatorFactory library = new Draft2020EvaluatorFactory();

  @Override
  public Optional<Evaluator> create(SchemaParsingContext ctx, String keyword, JsonNode field) {
    JsonTree value = (JsonTree) field;
    Evaluator own = own(ctx, keyword, value);
    int weight = 1 + value.size() / PER_STEP;
    return own == null
        ? library.create(ctx, keyword, field).map(found -> new Metered(found, weight))
        : Optional.of(new Metered(own, keyword.equals("enum") ? value.weight() : weight));
  }

  /**
   * Returns Hookferry's evaluator of a keyword, or null if the library's is used or the value has
   * the wrong type for the keyword: the library treats every object in a schema as a schema, so a
   * property named {@code pattern} looks like the keyword.
   */
  private static @Nullable Evaluator own(SchemaParsingContext ctx, String keyword, JsonTree value) {
    return switch (keyword) {
      case "propertyNames" -> propertyNames(ctx.getAbsoluteUri(value));
      case "const" -> leaf(value::equals);
      case "pattern" -> value.isString() ? pattern(value.asString()) : null;
      case "patternProperties" -> value.isObject() ? patternProperties(ctx, value) : null;
      case "enum" -> value.isArray() ? leaf(value.elements()::contains) : null;
      case "uniqueItems" -> value.isBoolean() ? unique(value.asBoolean()) : null;
      default -> value.isNumber() ? number(keyword, value) : null;
    };
  }

  private static @Nullable Evaluator number(String keyword, JsonTree value) {
    return switch (keyword) {
      case "multipleOf" -> leaf(node -> !node.isNumber() || isMultiple(node, value));
      case "maxLength" -> leaf(node -> !node.isString() || length(node) <= limit(value));
      case "minLength" -> leaf(node -> !node.isString() || length(node) >= limit(value));
      default -> null;
    };
  }

  private static Evaluator leaf(Predicate<JsonTree> rule) {
    return (ctx, node) ->
        rule.test((JsonTree) node) ? Evaluator.Result.success() : Evaluator.Result.failure("");
  }

  private static int length(JsonTree node) {
    String text = node.asString();
    return text.codePointCount(0, text.length());
  }

  private static long limit(JsonTree value) {
    return value.asNumber().min(BigDecimal.valueOf(Integer.MAX_VALUE)).longValue();
  }

  private static @Nullable Evaluator pattern(String expression) {
    LinearPattern pattern = compiled(expression);
    return pattern == null
        ? null
        : leaf(node -> !node.isString() || pattern.find(node.asString(), node.budget()));
  }

  /** Returns the pattern, or null for mere data, as {@link SchemaRules} refuses bad patterns. */
  private static @Nullable LinearPattern compiled(String expression) {
    try {
      return LinearPattern.of(expression);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Evaluator unique(boolean wanted) {
    return leaf(node -> !wanted || isUnique(node));
  }

  private static boolean isUnique(JsonTree node) {
    if (!node.isArray()) {
      return true;
    }
    node.budget().spend(node.weight());
    Set<JsonTree> seen = new HashSet<>();
    return node.elements().stream().allMatch(seen::add);
  }

  /** Charges for long numbers: they have up to 1,000 digits and exponents up to 99,999. */
  private static boolean isMultiple(JsonTree node, JsonTree value) {
    BigDecimal number = node.asNumber();
    BigDecimal factor = value.asNumber();
    long digits = number.precision() + Math.abs((long) number.scale() - factor.scale());
    node.budget().spend(digits * digits / 4_096);
    return number.remainder(factor).signum() == 0;
  }

  private static Evaluator propertyNames(String schema) {
    return (ctx, node) -> {
      boolean valid = true;
      if (node.isObject()) {
        JsonTree object = (JsonTree) node;
        for (String name : object.members().keySet()) {
          JsonTree text = new JsonTree(name, object, name, object.budget());
          valid = ctx.resolveInternalRefAndValidate(schema, text) && valid;
        }
      }
      return valid ? Evaluator.Result.success() : Evaluator.Result.failure();
    };
  }

  private static Evaluator patternProperties(SchemaParsingContext ctx, JsonTree value) {
    Map<LinearPattern, String> schemas = new LinkedHashMap<>();
    value
        .members()
        .forEach(
            (name, schema) -> {
              LinearPattern pattern = compiled(name);
              if (pattern != null) {
                schemas.put(pattern, ctx.getAbsoluteUri(schema));
              }
            });
    return (evaluation, node) ->
        node.isObject() ? properties(evaluation, (JsonTree) node, schemas) : success();
  }

  private static Evaluator.Result success() {
    return Evaluator.Result.success();
  }

  private static Evaluator.Result properties(
      EvaluationContext ctx, JsonTree object, Map<LinearPattern, String> schemas) {
    Set<String> matched = new HashSet<>();
    boolean valid = true;
    for (Map.Entry<String, JsonTree> member : object.members().entrySet()) {
      for (Map.Entry<LinearPattern, String> schema : schemas.entrySet()) {
        object.budget().spend(1);
        if (schema.getKey().find(member.getKey(), object.budget())) {
          matched.add(member.getKey());
          valid = ctx.resolveInternalRefAndValidate(schema.getValue(), member.getValue()) && valid;
        }
      }
    }
    return valid ? Evaluator.Result.success(matched) : Evaluator.Result.failure();
  }

  /** An evaluator that charges its cost to the budget before it runs. */
  private record Metered(Evaluator evaluator, int weight) implements Evaluator {
    @Override
    public Result evaluate(EvaluationContext ctx, JsonNode node) {
      JsonTree tree = (JsonTree) node;
      Budget budget = tree.budget();
      budget.enter(weight + tree.size() / PER_STEP);
      try {
        return evaluator.evaluate(ctx, node);
      } finally {
        budget.leave();
      }
    }

    @Override
    public int getOrder() {
      return evaluator.getOrder();
    }
  }
}
