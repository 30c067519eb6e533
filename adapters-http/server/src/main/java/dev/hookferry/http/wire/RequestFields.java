package dev.hookferry.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.field.ChoiceKind;
import dev.hookferry.field.DurationText;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSource;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.field.GroupKind;
import dev.hookferry.field.IntegerKind;
import dev.hookferry.field.JsonKind;
import dev.hookferry.field.ListKind;
import dev.hookferry.field.MapKind;
import dev.hookferry.field.SpanKind;
import dev.hookferry.field.TextKind;
import dev.hookferry.refusal.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object that a caller sent, one by one or by a field table. Problems
 * are collected under the fields' names, and thrown together by {@link #check}. An absent field
 * reads as null.
 */
public final class RequestFields implements FieldSource {
  private final ObjectNode object;
  private final String prefix;
  private final Problems problems;

  private RequestFields(ObjectNode object, String prefix, Problems problems, List<String> known) {
    this.object = object;
    this.prefix = prefix;
    this.problems = problems;
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                problems.add(UnknownField.of(prefix, name, known));
              }
            });
  }

  /** Returns a reader of an object that may have only the given fields. */
  public static RequestFields of(ObjectNode object, String... known) {
    return new RequestFields(object, "", new Problems(), List.of(known));
  }

  /** Returns the live list of problems; callers add violations of rules beyond a value's type. */
  public Problems problems() {
    return problems;
  }

  /** Throws if there are any problems so far. */
  public void check() {
    problems.throwIfAny();
  }

  /** Returns whether a field was sent. */
  public boolean has(String name) {
    return object.has(name);
  }

  @Override
  public boolean isNull(String name) {
    return object.path(name).isNull();
  }

  /** Returns the number of elements of a list as it was sent, valid or not; 0 if it is absent. */
  public int size(String name) {
    return object.path(name).size();
  }

  public @Nullable String text(String name) {
    JsonNode value = object.get(name);
    return value == null ? null : text(value, name);
  }

  /** Returns a string that must be present. If it is missing, adds a problem and returns "". */
  public String required(String name) {
    problems.require(object.has(name), prefix + name, "is missing");
    String text = text(name);
    return text == null ? "" : text;
  }

  @Nullable Boolean bool(String name) {
    JsonNode value = object.get(name);
    problems.require(value == null || value.isBoolean(), prefix + name, "must be true or false");
    return value == null ? null : value.booleanValue();
  }

  @Nullable Integer number(String name, int min, int max) {
    JsonNode value = object.get(name);
    if (value == null) {
      return null;
    }
    boolean fits =
        value.isIntegralNumber()
            && value.canConvertToInt()
            && min <= value.intValue()
            && value.intValue() <= max;
    problems.require(fits, prefix + name, "must be a whole number from " + min + " to " + max);
    return fits ? value.intValue() : min;
  }

  /** Reads a string with {@code read}; reports {@code form} as the problem if it does not match. */
  <T> @Nullable T word(String name, Function<String, Optional<T>> read, String form) {
    String text = text(name);
    Optional<T> value = text == null ? Optional.empty() : read.apply(text);
    boolean isText = text != null && object.path(name).isTextual();
    problems.require(!isText || value.isPresent(), prefix + name, form);
    return value.orElse(null);
  }

  public @Nullable List<String> texts(String name) {
    JsonNode value = object.get(name);
    if (value == null) {
      return null;
    }
    problems.require(value.isArray(), prefix + name, "must be an array of strings");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      texts.add(text(value.path(i), name + "[" + i + "]"));
    }
    return texts;
  }

  /** Reads a nested object in which null counts as absent; null if the field itself is null. */
  @Nullable RequestFields object(String name, String... known) {
    return object(name, List.of(known), Set.of());
  }

  /** Reads a nested object in which null counts as absent, except for fields that it resets. */
  private @Nullable RequestFields object(String name, List<String> known, Set<String> resettable) {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (value instanceof ObjectNode inner) {
      known.stream()
          .filter(field -> inner.path(field).isNull() && !resettable.contains(field))
          .forEach(inner::remove);
      return new RequestFields(inner, prefix + name + ".", problems, known);
    }
    problems.add(prefix + name, "must be an object or null");
    return null;
  }

  @Override
  public @Nullable String text(String name, TextKind kind) {
    // Null remains only where it has a meaning, which the caller checks.
    return isNull(name) ? null : text(name);
  }

  @Override
  public @Nullable String choice(String name, ChoiceKind kind) {
    String word = text(name);
    if (word == null || kind.allows(word)) {
      return word;
    }
    if (object.path(name).isTextual()) {
      problems.add(KindWords.problem(prefix + name, kind.rule(), word, kind));
    }
    return null;
  }

  @Override
  public @Nullable Integer integer(String name, IntegerKind kind) {
    return number(name, kind.min(), kind.max());
  }

  @Override
  public @Nullable Boolean flag(String name) {
    return bool(name);
  }

  @Override
  public @Nullable Instant time(String name) {
    return word(name, Times::parse, Times.FORM);
  }

  @Override
  public @Nullable Duration span(String name, SpanKind kind) {
    return word(
        name, text -> DurationText.parse(text).filter(kind::allows), kind.rule() + ", such as 15s");
  }

  @Override
  public <T> @Nullable List<T> list(String name, ListKind<T> kind) {
    JsonNode value = object.get(name);
    if (value == null) {
      return null;
    }
    problems.require(
        value.isArray(), prefix + name, "must be an array of " + KindWords.noun(kind.item()) + "s");
    List<T> list = new ArrayList<>();
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      T element = element(value.path(i), name + "[" + i + "]", kind.item());
      if (element != null) {
        list.add(element);
      }
    }
    return list;
  }

  @Override
  public <T> @Nullable Map<String, T> map(String name, MapKind<T> kind) {
    JsonNode value = object.get(name);
    if (value == null) {
      return null;
    }
    problems.require(
        value.isObject(),
        prefix + name,
        "must be an object of " + KindWords.noun(kind.item()) + "s");
    Map<String, T> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String shown = name + "." + CallerText.text(entry.getKey());
      T element = element(entry.getValue(), shown, kind.item());
      if (element != null) {
        map.put(entry.getKey(), element);
      }
    }
    return map;
  }

  /** Reads an element of a list or map; its name is its path. Null is a problem, not absence. */
  private <T> @Nullable T element(JsonNode value, String name, FieldKind<T> kind) {
    JsonNode given = value;
    if (kind instanceof GroupKind<?> group && group.text() != null && value.isTextual()) {
      given = object.objectNode().set(group.text().name(), value);
    }
    if (value.isNull() || (kind instanceof GroupKind<?> && !given.isObject())) {
      problems.add(prefix + name, "must be a " + KindWords.noun(kind));
      return null;
    }
    ObjectNode alone = object.objectNode();
    alone.set(name, given);
    return kind.read(new RequestFields(alone, prefix, problems, List.of(name)), name);
  }

  /** Returns any value as JSON; null if it is absent. */
  public @Nullable String json(String name) {
    return object.has(name) ? json(name, object.path(name)) : null;
  }

  /** Rejects half of a surrogate pair: written as an escape, it would become a question mark. */
  private String json(String name, JsonNode value) {
    String text = value.toString();
    problems.require(CallerText.canBeKept(text), prefix + name, "must be Unicode text");
    return text;
  }

  @Override
  public <T> @Nullable T json(String name, JsonKind<T> kind) {
    JsonNode value = object.path(name);
    problems.require(value.isMissingNode() || value.isObject(), prefix + name, kind.rule());
    return value.isObject()
        ? problems.collect("", () -> kind.reader().apply(json(name, value)))
        : null;
  }

  @Override
  public <T> @Nullable T collect(String name, Supplier<@Nullable T> reader) {
    return problems.collect(prefix + name, reader);
  }

  @Override
  public @Nullable FieldValues group(String name, FieldTable table) {
    RequestFields inner = object(name, table.names(), table.resettable());
    if (inner == null) {
      return null;
    }
    for (FieldSpec<?> field : table.fields()) {
      boolean given = !table.required().contains(field.name()) || inner.object.has(field.name());
      problems.require(given, inner.prefix + field.name(), "is missing: " + field.help());
    }
    return table.read(inner);
  }

  private String text(JsonNode value, String name) {
    problems.require(value.isTextual(), prefix + name, "must be a string");
    String text = value.asText();
    problems.require(CallerText.canBeKept(text), prefix + name, CallerText.KEPT);
    return text;
  }
}
