package dev.hookferry.field;

import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The type and bounds of a field's values.
 *
 * @param <T> the Java type of a value
 */
public sealed interface FieldKind<T>
    permits TextKind,
        ChoiceKind,
        IntegerKind,
        FlagKind,
        TimeKind,
        SpanKind,
        ListKind,
        MapKind,
        GroupKind,
        JsonKind,
        OutputKind {
  /**
   * Reads the value of a field; null if it is absent, or if it is invalid and the source has added
   * a problem.
   */
  @Nullable T read(FieldSource source, String name);

  /** Calls the fold's method for this kind. */
  <R> R fold(FieldFold<R> fold);

  /** Returns whether a value is within the bounds of this kind. */
  default boolean allows(T value) {
    return true;
  }

  /** Returns the bounds as text, such as {@code 0 to 1000}. */
  default String bounds() {
    return fold(BoundsText.KIND).bounds();
  }

  /** Returns the rule as text, such as {@code must be a whole number from 0 to 1000}. */
  default String rule() {
    return fold(BoundsText.KIND).rule();
  }

  /**
   * Returns the value if it is within the bounds of this kind.
   *
   * @throws InvalidException with the field's name, the rule and the value given
   */
  default T checked(String name, T value) {
    Objects.requireNonNull(value, name);
    if (allows(value)) {
      return value;
    }
    throw InvalidException.of(name, rule() + " (got " + shown(value) + ")");
  }

  /** Returns a value as text for an error message, without content that may be secret. */
  default String shown(T value) {
    return value.toString();
  }

  /** Returns a string of any length. */
  static TextKind text() {
    return text(0, Integer.MAX_VALUE);
  }

  /** Returns a string of at most {@code max} characters. */
  static TextKind text(int max) {
    return text(0, max);
  }

  /** Returns a string of {@code min} to {@code max} characters. */
  static TextKind text(int min, int max) {
    return new TextKind(min, max, null);
  }

  /** Returns a string that matches a pattern, a regular expression. */
  static TextKind pattern(String pattern) {
    Objects.requireNonNull(pattern, "pattern");
    return new TextKind(0, Integer.MAX_VALUE, pattern);
  }

  /** Returns a choice among words. */
  static ChoiceKind choice(String... words) {
    Objects.requireNonNull(words, "words");
    return new ChoiceKind(List.of(words));
  }

  /** Returns a choice among the codes of an enum's constants, in declaration order. */
  static <E extends Enum<E>> ChoiceKind choice(Class<E> type, Function<E, String> code) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(code, "code");
    return new ChoiceKind(EnumSet.allOf(type).stream().map(code).toList());
  }

  /** Returns a whole number within bounds. */
  static IntegerKind integer(int min, int max) {
    return new IntegerKind(min, max);
  }

  /** Returns the kind of a count: 0 or more. */
  static IntegerKind count() {
    return new IntegerKind(0, Integer.MAX_VALUE);
  }

  /** Returns true or false. */
  static FlagKind flag() {
    return new FlagKind();
  }

  /** Returns a point in time. */
  static TimeKind time() {
    return new TimeKind();
  }

  /** Returns a duration within bounds. */
  static SpanKind span(Duration min, Duration max) {
    return new SpanKind(min, max);
  }

  /** Returns a list of {@code min} to {@code max} values. */
  static <T> ListKind<T> list(FieldKind<T> item, int min, int max) {
    return new ListKind<>(item, min, max);
  }

  /** Returns a list of any length. */
  static <T> ListKind<T> list(FieldKind<T> item) {
    return new ListKind<>(item, 0, Integer.MAX_VALUE);
  }

  /** Returns values by name, with at most {@code max} entries. */
  static <T> MapKind<T> map(FieldKind<T> item, int max) {
    return new MapKind<>(item, max);
  }

  /** Returns a JSON object whose text {@code reader} converts to a value. */
  static <T> JsonKind<T> json(Function<String, T> reader) {
    return new JsonKind<>(reader);
  }

  /** Returns nested fields that {@code reader} converts to a value. */
  static <T> GroupKind<T> group(FieldTable table, Function<FieldValues, @Nullable T> reader) {
    return new GroupKind<>(table, reader, null);
  }
}
