package dev.hookferry.http.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;

/** A builder of metric families whose values are read at each scrape. Not thread-safe. */
final class MetricFamilies {
  private final MetricSnapshots.Builder snapshots = MetricSnapshots.builder();

  /** Adds a gauge without labels. */
  void gauge(String name, String help, double value) {
    GaugeDataPointSnapshot point = GaugeDataPointSnapshot.builder().value(value).build();
    snapshots.metricSnapshot(
        GaugeSnapshot.builder().name(name).help(help).dataPoint(point).build());
  }

  /** Adds a gauge with one label. */
  void gauge(String name, String help, String label, Map<String, Double> byValue) {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
    byValue.forEach(
        (of, value) ->
            family.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(Labels.of(label, of))
                    .value(value)
                    .build()));
    snapshots.metricSnapshot(family.build());
  }

  /**
   * Adds a counter with one label.
   *
   * @param name ends with {@code _total}
   */
  void counter(String name, String help, String label, Map<String, Double> byValue) {
    String base = name.substring(0, name.length() - "_total".length());
    CounterSnapshot.Builder family = CounterSnapshot.builder().name(base).help(help);
    byValue.forEach(
        (of, value) ->
            family.dataPoint(
                CounterDataPointSnapshot.builder()
                    .labels(Labels.of(label, of))
                    .value(value)
                    .build()));
    snapshots.metricSnapshot(family.build());
  }

  MetricSnapshots collected() {
    return snapshots.build();
  }
}
