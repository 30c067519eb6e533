package dev.hookferry.internal.argument;

import dev.hookferry.refusal.InvalidException;
import java.util.function.Supplier;

/** Names the options of the builder in refusals. */
public final class BuilderOption {
  private BuilderOption() {}

  /**
   * Builds the value of an option.
   *
   * @throws InvalidException if the value refuses its input; names the option, not the field of the
   *     value
   */
  public static <T> T named(String option, Supplier<T> value) {
    try {
      return value.get();
    } catch (InvalidException e) {
      throw InvalidException.of(option, e.problems().get(0).reason());
    }
  }
}
