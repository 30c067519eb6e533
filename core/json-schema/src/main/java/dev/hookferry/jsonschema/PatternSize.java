package dev.hookferry.jsonschema;

/**
 * Estimate of the number of instructions that a regular expression compiles to. Counted repetitions
 * are expanded into copies, so a few nested ones could exhaust the memory.
 */
final class PatternSize {
  private static final long CEILING = Integer.MAX_VALUE;

  private final String expression;
  private int at;

  private PatternSize(String expression) {
    this.expression = expression;
  }

  static long of(String expression) {
    PatternSize reading = new PatternSize(expression);
    long size = 0;
    while (reading.at < expression.length()) {
      size = Math.min(CEILING, size + reading.sequence());
      reading.at++;
    }
    return size;
  }

  /** Reads up to the end of a group and returns its size. */
  private long sequence() {
    long size = 0;
    while (at < expression.length() && expression.charAt(at) != ')') {
      long item = item();
      size = Math.min(CEILING, size + Math.min(CEILING, item * repetition()));
    }
    return size;
  }

  private long item() {
    char first = expression.charAt(at++);
    switch (first) {
      case '\\' -> at++;
      case '[' -> skipClass();
      case '(' -> {
        long inside = sequence();
        at++;
        return inside + 2;
      }
      default -> {}
    }
    return 1;
  }

  private void skipClass() {
    int from = at;
    while (at < expression.length() && (expression.charAt(at) != ']' || at == from)) {
      at += expression.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  /** Reads a counted repetition and returns how often the item before it is copied; 1 for none. */
  private long repetition() {
    if (at >= expression.length() || expression.charAt(at) != '{') {
      return 1;
    }
    int end = expression.indexOf('}', at);
    String inside = end < 0 ? "" : expression.substring(at + 1, end);
    if (!inside.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
      return 1;
    }
    at = end + 1;
    int comma = inside.indexOf(',');
    String max = comma < 0 || comma == inside.length() - 1 ? inside : inside.substring(comma + 1);
    return 1 + Long.parseLong(max.replace(",", ""));
  }
}
