package dev.hookferry.http.metrics;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes Prometheus's text format, version 0.0.4. Not thread-safe. */
public final class PrometheusText {
  private final StringBuilder text = new StringBuilder(8_192);

  /** Starts a family; its samples follow. */
  void family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /** Writes a gauge without labels. */
  public void gauge(String name, String help, double value) {
    family(name, "gauge", help);
    sample(name, value);
  }

  void sample(String name, double value) {
    sample(name, List.of(), List.of(), value);
  }

  void sample(String name, List<String> labels, List<String> values, double value) {
    text.append(name);
    for (int i = 0; i < labels.size(); i++) {
      text.append(i == 0 ? '{' : ',').append(labels.get(i));
      text.append("=\"").append(escaped(values.get(i))).append('"');
    }
    text.append(labels.isEmpty() ? " " : "} ").append(number(value)).append('\n');
  }

  /** Formats a number; whole numbers without a fraction. */
  static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
