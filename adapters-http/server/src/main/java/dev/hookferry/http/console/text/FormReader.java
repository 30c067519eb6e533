package dev.hookferry.http.console.text;

import dev.hookferry.field.FieldValues;
import dev.hookferry.refusal.Problems;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** Reads a form part by part, and reports the problems of all parts together. Not thread-safe. */
public final class FormReader {
  private final Problems problems = new Problems();
  private FieldValues values;

  /** Starts with values that need no reading. */
  public FormReader(FieldValues plain) {
    values = plain;
  }

  /** Adds the values of a part, or else its problems. */
  public FormReader with(UnaryOperator<FieldValues> part) {
    FieldValues before = values;
    FieldValues after = problems.collect("", () -> part.apply(before));
    values = after == null ? before : after;
    return this;
  }

  /**
   * Returns all values.
   *
   * @param rules adds the problems of the readable values; called only if some values are
   *     unreadable; otherwise the caller validates them
   * @throws dev.hookferry.refusal.InvalidException if a part could not be read
   */
  public FieldValues checked(BiConsumer<Problems, FieldValues> rules) {
    if (!problems.isEmpty()) {
      rules.accept(problems, values);
    }
    problems.throwIfAny();
    return values;
  }
}
