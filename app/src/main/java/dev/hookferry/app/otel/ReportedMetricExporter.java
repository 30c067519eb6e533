package dev.hookferry.app.otel;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;

/** Logs whether exports of metrics succeed. */
final class ReportedMetricExporter implements MetricExporter {
  private final MetricExporter exporter;
  private final Collector collector = new Collector("metrics");

  ReportedMetricExporter(MetricExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType type) {
    return exporter.getAggregationTemporality(type);
  }

  @Override
  public CompletableResultCode export(Collection<MetricData> metrics) {
    return collector.reported(exporter.export(metrics));
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
