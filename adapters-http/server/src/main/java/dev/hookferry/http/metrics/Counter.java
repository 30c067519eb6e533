package dev.hookferry.http.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** A family of counters with the same labels. Thread-safe. */
public final class Counter {
  private final String name;
  private final String help;
  private final List<String> labels;
  private final Map<List<String>, LongAdder> values = new ConcurrentHashMap<>();

  public Counter(String name, String help, String... labels) {
    this.name = name;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** Adds to the counter with these label values, given in the order of the labels. */
  public void add(long amount, String... values) {
    this.values.computeIfAbsent(List.of(values), v -> new LongAdder()).add(amount);
  }

  public void write(PrometheusText text) {
    text.family(name, "counter", help);
    values.forEach((of, value) -> text.sample(name, labels, of, (double) value.sum()));
  }
}
