package dev.hookferry.app.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.GaugeData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.data.SummaryData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.opentelemetry.sdk.resources.Resource;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Translation of Prometheus metrics into OpenTelemetry metrics. Keeps the names but drops {@code
 * _total}, so that a database that adds this suffix has the names of {@code /metrics}.
 */
final class MetricTranslation {
  private final InstrumentationScopeInfo scope;
  private final InstantSource clock;
  private final long begun;

  MetricTranslation(InstrumentationScopeInfo scope, InstantSource clock) {
    this.scope = scope;
    this.clock = clock;
    begun = TimeUnit.MILLISECONDS.toNanos(clock.millis());
  }

  List<MetricData> of(MetricSnapshots all, Resource resource) {
    long now = TimeUnit.MILLISECONDS.toNanos(clock.millis());
    List<MetricData> translated = new ArrayList<>(all.size());
    for (MetricSnapshot one : all) {
      Translated data = data(one, now);
      if (data != null && !data.data().getPoints().isEmpty()) {
        String suffix = one instanceof InfoSnapshot ? "_info" : "";
        String help = one.getMetadata().getHelp();
        translated.add(
            new Metric(
                resource,
                scope,
                one.getMetadata().getPrometheusName() + suffix,
                help == null ? "" : help,
                data.type(),
                data.data()));
      }
    }
    return translated;
  }

  private record Translated(MetricDataType type, Data<?> data) {}

  /** Returns null for kinds that Hookferry does not use. */
  private @Nullable Translated data(MetricSnapshot metric, long now) {
    if (metric instanceof CounterSnapshot counter) {
      return new Translated(
          MetricDataType.DOUBLE_SUM,
          SumData.createDoubleSumData(
              true,
              AggregationTemporality.CUMULATIVE,
              points(counter.getDataPoints(), now, point -> point.getValue())));
    }
    if (metric instanceof GaugeSnapshot gauge) {
      return gauge(points(gauge.getDataPoints(), now, point -> point.getValue()));
    }
    if (metric instanceof InfoSnapshot info) {
      return gauge(points(info.getDataPoints(), now, point -> 1));
    }
    if (metric instanceof HistogramSnapshot histogram) {
      return new Translated(
          MetricDataType.HISTOGRAM,
          HistogramData.create(
              AggregationTemporality.CUMULATIVE,
              histogram.getDataPoints().stream().map(point -> histogram(point, now)).toList()));
    }
    if (metric instanceof SummarySnapshot summary) {
      return new Translated(
          MetricDataType.SUMMARY,
          SummaryData.create(
              summary.getDataPoints().stream()
                  .map(
                      point ->
                          SummaryPointData.create(
                              start(point),
                              now,
                              attributes(point),
                              point.getCount(),
                              point.getSum(),
                              List.of()))
                  .toList()));
    }
    return null;
  }

  private static Translated gauge(List<DoublePointData> points) {
    return new Translated(MetricDataType.DOUBLE_GAUGE, GaugeData.createDoubleGaugeData(points));
  }

  private <P extends DataPointSnapshot> List<DoublePointData> points(
      List<P> points, long now, ToDoubleFunction<P> value) {
    return points.stream()
        .map(
            point ->
                DoublePointData.create(
                    start(point), now, attributes(point), value.applyAsDouble(point), List.of()))
        .toList();
  }

  private HistogramPointData histogram(HistogramDataPointSnapshot point, long now) {
    ClassicHistogramBuckets buckets = point.getClassicBuckets();
    List<Double> bounds = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      counts.add(buckets.getCount(i));
      if (!Double.isInfinite(buckets.getUpperBound(i))) {
        bounds.add(buckets.getUpperBound(i));
      }
    }
    return HistogramPointData.create(
        start(point), now, attributes(point), point.getSum(), false, 0, false, 0, bounds, counts);
  }

  private long start(DataPointSnapshot point) {
    return point.hasCreatedTimestamp()
        ? TimeUnit.MILLISECONDS.toNanos(point.getCreatedTimestampMillis())
        : begun;
  }

  private static Attributes attributes(DataPointSnapshot point) {
    AttributesBuilder attributes = Attributes.builder();
    for (Label label : point.getLabels()) {
      attributes.put(label.getName(), label.getValue());
    }
    return attributes.build();
  }

  /** A metric as the exporter reads it. */
  private record Metric(
      Resource resource,
      InstrumentationScopeInfo scope,
      String name,
      String help,
      MetricDataType type,
      Data<?> data)
      implements MetricData {
    @Override
    public Resource getResource() {
      return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
      return scope;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public String getDescription() {
      return help;
    }

    @Override
    public String getUnit() {
      return "";
    }

    @Override
    public MetricDataType getType() {
      return type;
    }

    @Override
    public Data<?> getData() {
      return data;
    }
  }
}
