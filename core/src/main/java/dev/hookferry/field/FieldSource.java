package dev.hookferry.field;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Source of field values: a JSON body, command-line options or a form. Each method returns null if
 * the field is absent, or if its value is invalid, in which case the source adds a problem.
 */
public interface FieldSource {
  /** Returns whether a field is given as null, which resets it to its default. */
  boolean isNull(String name);

  /** Reads a string. */
  @Nullable String text(String name, TextKind kind);

  /** Reads a choice among words. */
  @Nullable String choice(String name, ChoiceKind kind);

  /** Reads a whole number. */
  @Nullable Integer integer(String name, IntegerKind kind);

  /** Reads true or false. */
  @Nullable Boolean flag(String name);

  /** Reads a point in time. */
  @Nullable Instant time(String name);

  /** Reads a duration. */
  @Nullable Duration span(String name, SpanKind kind);

  /** Reads a list. */
  <T> @Nullable List<T> list(String name, ListKind<T> kind);

  /** Reads values by name. */
  <T> @Nullable Map<String, T> map(String name, MapKind<T> kind);

  /** Reads a JSON object with its own parser. */
  <T> @Nullable T json(String name, JsonKind<T> kind);

  /** Runs a reader of a field's value; adds the problems of an exception that it throws. */
  <T> @Nullable T collect(String name, Supplier<@Nullable T> reader);

  /** Reads nested fields. */
  @Nullable FieldValues group(String name, FieldTable table);
}
