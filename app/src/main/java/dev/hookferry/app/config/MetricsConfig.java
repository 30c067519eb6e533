package dev.hookferry.app.config;

import dev.hookferry.id.EndpointId;
import java.util.List;

/**
 * Metrics settings.
 *
 * @param endpoints the endpoints that always get their own metrics
 * @param busiest how many of the busiest endpoints get their own metrics as well
 * @param otel the export over OTLP, with traces
 */
public record MetricsConfig(List<EndpointId> endpoints, int busiest, OtelConfig otel) {
  public MetricsConfig {
    endpoints = List.copyOf(endpoints);
  }
}
