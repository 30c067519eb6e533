package dev.hookferry.app.text;

import java.util.List;

/** Lays out everything that is wrong with an input. */
public final class ProblemLines {
  private ProblemLines() {}

  /**
   * Returns a single problem as it is, and several on a line each below their number.
   *
   * @param problems at least one
   */
  public static String of(List<String> problems) {
    return problems.size() == 1
        ? problems.get(0)
        : problems.size() + " problems:\n  " + String.join("\n  ", problems);
  }
}
