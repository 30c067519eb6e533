package dev.hookferry.internal.argument;

import dev.hookferry.refusal.InvalidException;
import java.util.function.Supplier;

/** Validation of builder options that names the option in errors. */
public final class BuilderOption {
  private BuilderOption() {}

  /**
   * Returns the value of an option.
   *
   * @throws InvalidException if the value is invalid; it names the option instead of the field
   */
  public static <T> T named(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (InvalidException e) {
      throw InvalidException.of(option, e.problems().get(0).reason());
    }
  }
}
