package dev.hookferry.app.text;

import java.util.List;

/** Formats the problems of an input. */
public final class ProblemLines {
  private ProblemLines() {}

  /**
   * Returns a single problem unchanged, or the number of problems followed by one line for each.
   *
   * @param problems at least one
   */
  public static String of(List<String> problems) {
    return problems.size() == 1
        ? problems.get(0)
        : problems.size() + " problems:\n  " + String.join("\n  ", problems);
  }
}
