package dev.hookferry.app.otel;

import dev.hookferry.app.config.OtelConfig;
import dev.hookferry.app.text.Version;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Periodic export of the metrics of {@code /metrics}. */
final class MetricExport implements AutoCloseable {
  private final SdkMeterProvider provider;

  private MetricExport(SdkMeterProvider provider) {
    this.provider = provider;
  }

  static MetricExport start(OtelConfig config, Supplier<MetricSnapshots> source) {
    MetricExporter exporter =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(config.endpoint() + "/v1/metrics")
            .setHeaders(() -> Collector.headers(config))
            .setCompression("gzip")
            .setTimeout(Collector.TIMEOUT)
            .build();
    InstrumentationScopeInfo scope =
        InstrumentationScopeInfo.builder("hookferry").setVersion(Version.text()).build();
    MetricTranslation translation = new MetricTranslation(scope, InstantSource.system());
    return new MetricExport(
        SdkMeterProvider.builder()
            .setResource(Collector.resource(config))
            .registerMetricProducer(resource -> translation.of(source.get(), resource))
            .registerMetricReader(
                PeriodicMetricReader.builder(new ReportedMetricExporter(exporter))
                    .setInterval(config.interval())
                    .build())
            .build());
  }

  @Override
  public void close() {
    Collector.await(provider.shutdown());
  }
}
