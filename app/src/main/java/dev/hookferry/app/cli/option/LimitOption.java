package dev.hookferry.app.cli.option;

import dev.hookferry.app.cli.io.ArgumentValues;
import dev.hookferry.refusal.InvalidException;
import picocli.CommandLine.Option;

/** The {@code --limit} option of lists. */
public final class LimitOption {
  private static final int MAX = 100_000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Maximum number of results (default: 50).")
  private String limit = "50";

  /**
   * Returns the limit, from 1 to 100,000.
   *
   * @throws InvalidException if it is malformed or out of range, so that commands can report it
   *     together with other problems
   */
  public int value() {
    return read(limit);
  }

  /**
   * Parses a limit.
   *
   * @throws InvalidException if it is malformed or out of range
   */
  public static int read(String text) {
    return ArgumentValues.whole("--limit", text, 1, MAX);
  }
}
