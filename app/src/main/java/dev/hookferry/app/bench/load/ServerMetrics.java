package dev.hookferry.app.bench.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics of a server.
 *
 * @param lines the lines of {@code /metrics}
 */
public record ServerMetrics(List<String> lines) {
  public static ServerMetrics of(String text) {
    return new ServerMetrics(text.lines().toList());
  }

  /** Returns the size of the text in bytes. */
  public long bytes() {
    return lines.stream().mapToLong(line -> line.length() + 1L).sum();
  }

  /** Returns the sum of all samples of a name whose labels contain this text. */
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

  /** Returns the samples of a name, summed per value of a label. */
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

  /** Returns the number of successful attempts. */
  public long logged() {
    return (long) sum("hookferry_attempts_total", "outcome=\"delivered\"");
  }

  /** Returns the number of attempts with an error response. */
  long refused() {
    return (long) sum("hookferry_attempts_total", "outcome=\"http_error\"");
  }

  /** Returns the used heap in MiB, including garbage. */
  public double heapMiB() {
    return sum("jvm_memory_used_bytes", "area=\"heap\"") / (1 << 20);
  }
}
