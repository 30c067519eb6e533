package dev.hookferry.app.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The {@code --limit} option of lists. */
public final class LimitOption {
  private static final int MOST = 100_000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = ResultRange.class,
      description = "Maximum number of results (default: 50).")
  private int limit = 50;

  public int value() {
    return limit;
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
