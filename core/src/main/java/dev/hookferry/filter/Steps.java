package dev.hookferry.filter;

import dev.hookferry.internal.json.JsonType;

/**
 * The step budget for the evaluation of a filter: each comparison and each array element takes one
 * step, and comparing a long string takes several. Not thread-safe.
 */
final class Steps {
  /** Number of string bytes that take about as long as a comparison. */
  private static final int TEXT = 64;

  private int left;

  Steps(int max) {
    left = max;
  }

  /** Takes the steps of comparing a value. */
  void compare(PayloadValue value) {
    take(1 + (value.kind() == JsonType.TEXT ? value.size() / TEXT : 0));
  }

  /** Takes the step of reading an array element. */
  void element() {
    take(1);
  }

  private void take(int steps) {
    left -= steps;
    if (left < 0) {
      throw new ExhaustedException();
    }
  }

  /** Thrown if an evaluation would exceed its budget. */
  static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExhaustedException() {
      super("a filter takes too many steps", null, false, false);
    }
  }
}
