package dev.hookferry.http.metrics;

import dev.hookferry.EventTypes;
import dev.hookferry.catalog.SchemaChecks;
import java.util.Map;
import java.util.TreeMap;

/** The metrics of schemas. */
final class SchemaMetrics {
  private SchemaMetrics() {}

  static void collect(MetricFamilies families, EventTypes types) {
    SchemaChecks checks = types.checks();
    Map<String, Double> byResult =
        new TreeMap<>(
            Map.of(
                "valid", (double) checks.valid(),
                "warned", (double) checks.warned(),
                "refused", (double) checks.refused(),
                "unchecked", (double) checks.unchecked()));
    families.counter(
        "hookferry_schema_checks_total",
        "Events accepted or refused after a check against the schema of their type, by result.",
        "result",
        byResult);
    families.gauge(
        "hookferry_schemas_unusable",
        "Schemas in force that this node cannot use.",
        types.unusable().size());
  }
}
