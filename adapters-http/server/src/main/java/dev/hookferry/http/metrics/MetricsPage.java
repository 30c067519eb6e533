package dev.hookferry.http.metrics;

import dev.hookferry.Hookferry;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects all metrics for {@code /metrics}. Thread-safe. */
public final class MetricsPage {
  private static final String UNKNOWN_VERSION = "development";

  private final MetricsListener events;
  private final Metrics server;
  private final ExpositionFormats formats = ExpositionFormats.init();

  /**
   * Creates the page.
   *
   * @param server the counters of the HTTP server; the page adds the metrics of the node, the JVM
   *     and the process
   */
  public MetricsPage(
      Hookferry hookferry, MetricsListener events, Metrics server, InstantSource clock) {
    this.events = events;
    this.server = server;
    server.add(new NodeMetrics(hookferry, clock));
    registerProcess(server.registry());
  }

  /**
   * Registers JVM and process metrics, except those that would listen to JVM notifications until
   * the process ends.
   */
  private static void registerProcess(PrometheusRegistry registry) {
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
    JvmThreadsMetrics.builder().register(registry);
    JvmBufferPoolMetrics.builder().register(registry);
    JvmRuntimeInfoMetric.builder().register(registry);
    ProcessMetrics.builder().register(registry);
    Info build =
        Info.builder()
            .name("hookferry_build_info")
            .help("The version that runs.")
            .labelNames("version")
            .register(registry);
    build.setLabelValues(version());
  }

  /** Returns Hookferry's version; {@code development} if the classes are not in a jar. */
  public static String version() {
    return Objects.requireNonNullElse(
        MetricsPage.class.getPackage().getImplementationVersion(), UNKNOWN_VERSION);
  }

  /**
   * Returns the page. May query the store, and therefore block.
   *
   * @param accept the {@code Accept} header of the request, or null. Clients that accept
   *     OpenMetrics get it, with exemplars; others get the Prometheus text format
   */
  public Exposition exposition(@Nullable String accept) {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32_768);
    try {
      writer.write(bytes, collected());
    } catch (IOException e) {
      throw new UncheckedIOException("unreachable: a write to memory failed", e);
    }
    return new Exposition(writer.getContentType(), bytes.toByteArray());
  }

  /** Returns all metrics. May query the store, and therefore block. */
  public MetricSnapshots collected() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    events.collected().forEach(all::metricSnapshot);
    server.collected().forEach(all::metricSnapshot);
    return all.build();
  }

  /**
   * A page of metrics.
   *
   * @param contentType its {@code Content-Type}
   * @param bytes its bytes; the caller owns the array
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Exposition(String contentType, byte[] bytes) {}
}
