package dev.hookferry.app.bench.figures;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * The results of repeated measurements.
 *
 * @param values at least one, in any order
 */
public record Spread(List<Double> values) {
  public Spread {
    values = values.stream().sorted().toList();
    if (values.isEmpty()) {
      throw new IllegalArgumentException("values must not be empty");
    }
  }

  /** Returns the median. */
  public double median() {
    int middle = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(middle)
        : (values.get(middle - 1) + values.get(middle)) / 2;
  }

  public double min() {
    return values.get(0);
  }

  public double max() {
    return values.get(values.size() - 1);
  }

  /** Writes all figures to a JSON object. */
  public void writeTo(ObjectNode node) {
    node.put("median", Rounded.of(median()));
    node.put("min", Rounded.of(min())).put("max", Rounded.of(max()));
    var all = node.putArray("repeats");
    values.forEach(value -> all.add(Rounded.of(value)));
  }

  /**
   * Returns the median and the range as text.
   *
   * @param format the format of one figure
   * @param unit the text after the median, with a leading space; may be empty
   */
  public String text(String format, String unit) {
    String middle = String.format(Locale.ROOT, format, median()) + unit;
    if (values.size() == 1) {
      return middle;
    }
    return middle
        + String.format(
            Locale.ROOT,
            "  (" + format + " – " + format + ", %d repeats)",
            min(),
            max(),
            values.size());
  }
}
