package dev.hookferry.jsonschema;

/**
 * Bounds one evaluation. Counting steps instead of time makes the result repeatable: the same data
 * is always valid or always not. Not thread-safe.
 */
final class Budget {
  /** Enough for any realistic payload and schema. */
  private static final long STEPS = 20_000;

  private static final long STEPS_PER_BYTE = 2;

  /** Data is nested 100 levels deep at most; each takes a few levels of a schema. */
  private static final int MAX_DEPTH = 600;

  private long left;
  private int depth;

  private Budget(long steps) {
    left = steps;
  }

  /** Returns a budget for data of this size. */
  static Budget of(int bytes) {
    return new Budget(STEPS + STEPS_PER_BYTE * bytes);
  }

  /** Returns a budget that is never used up, for schemas that Hookferry brings. */
  static Budget unlimited() {
    return new Budget(Long.MAX_VALUE / 2);
  }

  /** Begins a part of the evaluation; {@link #leave} ends it. */
  void enter(long steps) {
    depth++;
    if (depth > MAX_DEPTH) {
      throw new ExceededException("the schema refers to itself too often");
    }
    spend(steps);
  }

  void leave() {
    depth--;
  }

  void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw new ExceededException("it takes too many steps to check it");
    }
  }

  /** Thrown when the budget is used up. */
  static final class ExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExceededException(String why) {
      super(why, null, false, false);
    }
  }
}
