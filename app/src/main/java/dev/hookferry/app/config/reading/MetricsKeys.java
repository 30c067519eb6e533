package dev.hookferry.app.config.reading;

import dev.hookferry.app.config.MetricsConfig;
import dev.hookferry.app.config.value.ValueKind;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.id.EndpointId;
import java.util.List;

/** Configuration keys of the metrics. */
final class MetricsKeys {
  private static final int MAX_BUSIEST = 1_000;

  static final ConfigKey<List<EndpointId>> ENDPOINTS =
      new ConfigKey<>(
          "metrics.endpoints",
          ValueKind.list("ID", "ids of endpoints, such as ep_…", EndpointId::parse),
          "",
          "--metrics-endpoint",
          "Endpoints that always have metrics of their own.");

  static final ConfigKey<Integer> BUSIEST =
      new ConfigKey<>(
          "metrics.busiest",
          ValueKind.number(0, MAX_BUSIEST),
          String.valueOf(MetricsListener.DEFAULT_BUSIEST),
          "--metrics-busiest",
          "How many of the busiest endpoints have metrics of their own as well.");

  private MetricsKeys() {}

  static MetricsConfig config(EffectiveConfig values) {
    return new MetricsConfig(values.get(ENDPOINTS), values.get(BUSIEST), OtelKeys.config(values));
  }
}
