package dev.hookferry.app.bench.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server's {@code /metrics} say.
 *
 * @param lines as they came
 */
public record ServerMetrics(List<String> lines) {
  public static ServerMetrics of(String text) {
    return new ServerMetrics(text.lines().toList());
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

  /** The samples of a name, added up by the value of a label. */
  public Map<String, Double> by(String name, String label) {
    Map<String, Double> sums = new HashMap<>();
    Pattern value = Pattern.compile("\\b" + label + "=\"([^\"]*)\"");
    for (String line : lines) {
      Matcher found = value.matcher(line);
      if (line.startsWith(name + "{") && found.find()) {
        double sample = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        sums.merge(found.group(1), sample, Double::sum);
      }
    }
    return sums;
  }

  /** Attempts in the log that delivered. */
  public long logged() {
    return (long) sum("hookferry_attempts_total", "outcome=\"delivered\"");
  }

  /** Attempts in the log that were answered with an error. */
  long refused() {
    return (long) sum("hookferry_attempts_total", "outcome=\"http_error\"");
  }

  /** The heap in use, garbage included. */
  public double heapMiB() {
    return sum("jvm_memory_used_bytes", "area=\"heap\"") / (1 << 20);
  }
}
