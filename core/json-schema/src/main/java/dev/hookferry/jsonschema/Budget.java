package dev.hookferry.jsonschema;

/**
 * Limit on the cost of one evaluation. It counts steps instead of time, so that results are
 * reproducible: the same data is always valid or always invalid. Not thread-safe.
 */
final class Budget {
  /** Enough for any realistic payload and schema. */
  private static final long STEPS = 20_000;

  private static final long STEPS_PER_BYTE = 2;

  /** Data is nested at most 100 levels deep; each level takes a few levels of a schema. */
  private static final int MAX_DEPTH = 600;

  private long left;
  private int depth;

  private Budget(long steps) {
    left = steps;
  }

  /** Returns a budget for data of this size in bytes. */
  static Budget of(int bytes) {
    return new Budget(STEPS + STEPS_PER_BYTE * bytes);
  }

  /** Returns a budget that is never exhausted, for schemas that are bundled or only compared. */
  static Budget unlimited() {
    return new Budget(Long.MAX_VALUE / 2);
  }

  /** Begins a part of the evaluation that costs this many steps; {@link #leave} ends it. */
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
      throw new ExceededException("checking it takes too many steps");
    }
  }

  /** Thrown when the budget is exhausted, or the evaluation is nested too deeply. */
  static final class ExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExceededException(String why) {
      super(why, null, false, false);
    }
  }
}
