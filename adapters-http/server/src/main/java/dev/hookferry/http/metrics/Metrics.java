package dev.hookferry.http.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.DoubleSupplier;

/**
 * A set of metrics that is exposed together. Each server has its own set, so that several servers
 * in one process do not share counts. Thread-safe.
 */
public final class Metrics {
  /** Upper bounds of the buckets, in seconds. */
  private static final double[] BOUNDS = {
    0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();

  /** Creates an empty set. */
  public Metrics() {}

  /**
   * Adds a counter.
   *
   * @param name ends with {@code _total}
   * @param labels the names of its labels; a counter without labels starts at zero
   */
  public Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  /**
   * Adds a histogram of durations.
   *
   * @param name ends with {@code _seconds}
   */
  public Histogram durations(String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .classicOnly()
        .classicUpperBounds(BOUNDS)
        .register(registry);
  }

  /** Adds a gauge that is read at each scrape. */
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /** Adds metrics that are read at each scrape. */
  public void add(MultiCollector collector) {
    registry.register(collector);
  }

  PrometheusRegistry registry() {
    return registry;
  }

  MetricSnapshots collected() {
    return registry.scrape();
  }
}
