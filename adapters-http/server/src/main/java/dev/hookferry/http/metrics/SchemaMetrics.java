package dev.hookferry.http.metrics;

import dev.hookferry.EventTypes;
import dev.hookferry.catalog.SchemaChecks;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the metrics of schemas. */
final class SchemaMetrics {
  private static final String CHECKS = "hookferry_schema_checks_total";
  private static final List<String> LABELS = List.of("result");

  private SchemaMetrics() {}

  static void write(PrometheusText text, EventTypes types) {
    SchemaChecks checks = types.checks();
    Map<String, Long> byResult =
        new TreeMap<>(
            Map.of(
                "valid", checks.valid(),
                "warned", checks.warned(),
                "refused", checks.refused(),
                "unchecked", checks.unchecked()));
    text.family(CHECKS, "counter", "Events checked against the schema of their type, by result.");
    byResult.forEach(
        (result, count) -> text.sample(CHECKS, LABELS, List.of(result), count.doubleValue()));
    text.gauge(
        "hookferry_schemas_unusable",
        "Schemas in force that this node cannot use.",
        types.unusable().size());
  }
}
