package dev.hookferry.http.metrics;

import dev.hookferry.outbox.OutboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The metrics of outboxes. Values that a database did not provide are omitted. */
final class OutboxMetrics {
  private static final String LABEL = "outbox";

  private OutboxMetrics() {}

  static void collect(MetricFamilies families, List<OutboxStatus> outboxes, Instant now) {
    if (outboxes.isEmpty()) {
      return;
    }
    families.counter(
        "hookferry_outbox_relayed_total",
        "Outbox rows that this node has published.",
        LABEL,
        values(outboxes, outbox -> (double) outbox.relayed()));
    families.counter(
        "hookferry_outbox_rejected_total",
        "Outbox rows that this node has rejected.",
        LABEL,
        values(outboxes, outbox -> (double) outbox.refused()));
    collectTables(families, outboxes, now);
    families.gauge(
        "hookferry_outbox_failing",
        "1 while a problem stops the relay, 0 otherwise.",
        LABEL,
        values(outboxes, outbox -> outbox.problem() == null ? 0.0 : 1.0));
  }

  private static void collectTables(
      MetricFamilies families, List<OutboxStatus> outboxes, Instant now) {
    families.gauge(
        "hookferry_outbox_pending",
        "Rows in the outbox.",
        LABEL,
        values(outboxes, outbox -> number(outbox.pending())));
    families.gauge(
        "hookferry_outbox_lag_seconds",
        "Age of the oldest row in the outbox; 0 if it is empty.",
        LABEL,
        values(outboxes, outbox -> lag(outbox, now)));
    // Needs a different base name than the counter, whose suffix "_total" is not part of its name
    // in OpenMetrics.
    families.gauge(
        "hookferry_outbox_rejected_rows",
        "Rejected rows that wait for a decision.",
        LABEL,
        values(outboxes, outbox -> number(outbox.rejected())));
  }

  private static Map<String, Double> values(
      List<OutboxStatus> outboxes, Function<OutboxStatus, @Nullable Double> figure) {
    Map<String, Double> values = new TreeMap<>();
    for (OutboxStatus outbox : outboxes) {
      Double value = figure.apply(outbox);
      if (value != null) {
        values.put(outbox.name(), value);
      }
    }
    return values;
  }

  private static @Nullable Double number(@Nullable Long value) {
    return value == null ? null : value.doubleValue();
  }

  private static @Nullable Double lag(OutboxStatus outbox, Instant now) {
    if (outbox.pending() == null) {
      return null;
    }
    Instant oldest = outbox.oldest();
    return oldest == null ? 0.0 : Math.max(0, Duration.between(oldest, now).toMillis()) / 1000.0;
  }
}
