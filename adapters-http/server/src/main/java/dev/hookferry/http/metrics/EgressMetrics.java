package dev.hookferry.http.metrics;

import dev.hookferry.observe.EgressState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The metrics of egresses. */
final class EgressMetrics {
  private static final String LABEL = "egress";

  private EgressMetrics() {}

  static void collect(MetricFamilies families, List<EgressState> egresses) {
    if (egresses.isEmpty()) {
      return;
    }
    families.counter(
        "hookferry_egress_failures_total",
        "Failures of the proxies, or of the local address.",
        LABEL,
        values(egresses, egress -> (double) egress.failures()));
    families.counter(
        "hookferry_egress_refusals_total",
        "Connections to receivers that a working proxy did not open.",
        LABEL,
        values(egresses, egress -> (double) egress.refusals()));
    families.gauge(
        "hookferry_egress_failing",
        "1 after all proxies have failed, until a connection is opened; 0 otherwise.",
        LABEL,
        values(egresses, egress -> egress.isWorking() ? 0.0 : 1.0));
  }

  private static Map<String, Double> values(
      List<EgressState> egresses, Function<EgressState, Double> figure) {
    Map<String, Double> values = new TreeMap<>();
    egresses.forEach(egress -> values.put(egress.name(), figure.apply(egress)));
    return values;
  }
}
