package dev.hookferry.app.cli.option;

import dev.hookferry.refusal.InvalidException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The {@code --limit} option of lists. */
public final class LimitOption {
  private static final int MOST = 100_000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Maximum number of results (default: 50).")
  private String limit = "50";

  /**
   * Returns the number.
   *
   * @throws InvalidException if it is malformed or out of its range, so that commands can tell it
   *     together with other problems
   */
  public int value() {
    try {
      return new ResultRange().convert(limit);
    } catch (TypeConversionException e) {
      throw InvalidException.of("--limit", String.valueOf(e.getMessage()));
    }
  }

  /** Reads a number within its range. */
  public static final class ResultRange implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
      if (number < 1 || number > MOST) {
        throw new TypeConversionException(
            "must be a whole number from 1 to " + MOST + " (got " + text + ")");
      }
      return number;
    }
  }
}
