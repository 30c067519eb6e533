package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.OtelConfig;
import dev.hookferry.app.config.value.Durations;
import dev.hookferry.app.config.value.ValueKind;
import java.time.Duration;
import java.util.List;

/** Configuration keys of the export over OTLP. */
final class OtelKeys {
  static final ConfigKey<String> ENDPOINT =
      new ConfigKey<>(
          "otel.endpoint",
          OtelConfig.ENDPOINT,
          "",
          "--otel-endpoint",
          "The base URL of an OpenTelemetry collector, OTLP over HTTP; empty exports nothing.");
  static final ConfigKey<List<String>> HEADERS =
      new ConfigKey<>(
          "otel.headers",
          OtelConfig.HEADERS,
          "",
          null,
          "Headers of requests to the collector, such as api-key=…; comma-separated.");
  static final ConfigKey<Boolean> TRACES =
      new ConfigKey<>(
          "otel.traces",
          ValueKind.toggle(),
          "true",
          "--otel-traces",
          "Whether attempts are exported as spans, if otel.endpoint is set.");
  static final ConfigKey<Boolean> METRICS =
      new ConfigKey<>(
          "otel.metrics",
          ValueKind.toggle(),
          "true",
          "--otel-metrics",
          "Whether metrics are exported, if otel.endpoint is set.");
  static final ConfigKey<Double> SHARE =
      new ConfigKey<>(
          "otel.share",
          OtelConfig.SHARE,
          "1",
          "--otel-share",
          "The share of events published without a trace whose attempts are exported, from 0 to 1.");
  static final ConfigKey<Duration> INTERVAL =
      new ConfigKey<>(
          "otel.interval",
          Durations.between("1s", "1h"),
          "60s",
          "--otel-interval",
          "How often metrics are exported.");
  static final ConfigKey<String> SERVICE_NAME =
      new ConfigKey<>(
          "otel.serviceName",
          ValueKind.text("NAME", "a name"),
          "hookferry",
          "--otel-service-name",
          "The name of this service in traces and metrics.");

  static final List<ConfigKey<?>> ALL =
      List.of(ENDPOINT, HEADERS, TRACES, METRICS, SHARE, INTERVAL, SERVICE_NAME);

  private OtelKeys() {}

  static OtelConfig config(EffectiveConfig values) {
    return new OtelConfig(
        values.get(ENDPOINT),
        OtelConfig.byName(values.get(HEADERS)),
        values.get(TRACES),
        values.get(METRICS),
        values.get(SHARE),
        values.get(INTERVAL),
        values.get(SERVICE_NAME));
  }
}
