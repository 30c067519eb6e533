package dev.hookferry.filter;

import dev.hookferry.internal.json.JsonType;

/**
 * The steps that the evaluation of a filter may take: each comparison and each element of an array
 * is one, and long strings count as several. Not thread-safe.
 */
final class Steps {
  /** Bytes of a string that take about as long as a comparison. */
  private static final int TEXT = 64;

  private int left;

  Steps(int max) {
    left = max;
  }

  /** Takes the step of comparing a value. */
  void compare(PayloadValue value) {
    take(1 + (value.kind() == JsonType.TEXT ? value.size() / TEXT : 0));
  }

  /** Takes the step of looking at an element. */
  void element() {
    take(1);
  }

  private void take(int steps) {
    left -= steps;
    if (left < 0) {
      throw new ExhaustedException();
    }
  }

  /** The evaluation would take too many steps. */
  static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExhaustedException() {
      super("a filter takes too many steps", null, false, false);
    }
  }
}
