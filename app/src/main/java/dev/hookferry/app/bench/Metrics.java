package dev.hookferry.app.bench;

import java.util.List;

/**
 * What a server's {@code /metrics} say.
 *
 * @param lines as they came
 */
record Metrics(List<String> lines) {
  static Metrics of(String text) {
    return new Metrics(text.lines().toList());
  }

  /** The sum over all samples of a name that have this in their labels. */
  double sum(String name, String label) {
    double sum = 0;
    for (String line : lines) {
      int end = line.lastIndexOf(' ');
      if (end > 0
          && (line.startsWith(name + " ") || line.startsWith(name + "{"))
          && line.substring(0, end).contains(label)) {
        sum += Double.parseDouble(line.substring(end + 1));
      }
    }
    return sum;
  }

  /** Attempts in the log that delivered. */
  long logged() {
    return (long) sum("hookferry_attempts_total", "outcome=\"delivered\"");
  }

  /** The heap in use, garbage included. */
  double heapMiB() {
    return sum("jvm_memory_used_bytes", "area=\"heap\"") / (1 << 20);
  }
}
