package dev.hookferry.app.cli.option;

import dev.hookferry.refusal.InvalidException;
import picocli.CommandLine.Option;

/** The {@code --limit} option of lists. */
public final class LimitOption {
  private static final int MOST = 100_000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Maximum number of results (default: 50).")
  private int limit = 50;

  public int value() {
    if (limit < 1 || limit > MOST) {
      throw InvalidException.of("--limit", "must be from 1 to " + MOST);
    }
    return limit;
  }
}
