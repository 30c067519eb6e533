package dev.hookferry.app.config;

import dev.hookferry.id.EndpointId;
import java.util.List;

/**
 * Settings of the metrics.
 *
 * @param endpoints the endpoints that always have metrics of their own
 * @param busiest how many of the busiest endpoints have them as well
 */
public record MetricsConfig(List<EndpointId> endpoints, int busiest) {
  public MetricsConfig {
    endpoints = List.copyOf(endpoints);
  }
}
