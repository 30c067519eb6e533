package dev.hookferry.app.otel;

import dev.hookferry.app.config.OtelConfig;
import dev.hookferry.observe.AttemptTracing;
import dev.hookferry.observe.Listener;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The export of traces and metrics of a server. Thread-safe. */
public final class Telemetry implements AutoCloseable {
  private final OtelConfig config;
  private final @Nullable TraceExport traces;
  private @Nullable MetricExport metrics;

  /** Creates the export, which does nothing and loads no library if configuration disables it. */
  public Telemetry(OtelConfig config) {
    this.config = config;
    traces = config.isOn() && config.traces() ? TraceExport.start(config) : null;
  }

  /** Returns how attempts take part in traces. */
  public AttemptTracing tracing() {
    return traces == null ? AttemptTracing.OFF : AttemptTracing.on(config.share());
  }

  /** Returns the listener that exports a span of each attempt; empty if none are exported. */
  public Optional<Listener> listener() {
    return Optional.ofNullable(traces);
  }

  /** Starts exporting metrics, if the configuration enables it. */
  public synchronized void start(Supplier<MetricSnapshots> source) {
    if (config.isOn() && config.metrics()) {
      metrics = MetricExport.start(config, source);
    }
  }

  /** Exports the remaining data, waiting at most a few seconds, and stops. */
  @Override
  public synchronized void close() {
    if (traces != null) {
      traces.close();
    }
    if (metrics != null) {
      metrics.close();
      metrics = null;
    }
  }
}
