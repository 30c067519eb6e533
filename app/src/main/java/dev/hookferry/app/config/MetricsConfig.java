package dev.hookferry.app.config;

import dev.hookferry.id.EndpointId;
import java.util.List;

/**
 * Settings of the metrics.
 *
 * @param endpoints the endpoints that always have metrics of their own
 * @param busiest how many of the busiest endpoints have them as well
 * @param otel the export over OTLP, with traces
 */
public record MetricsConfig(List<EndpointId> endpoints, int busiest, OtelConfig otel) {
  public MetricsConfig {
    endpoints = List.copyOf(endpoints);
  }
}
