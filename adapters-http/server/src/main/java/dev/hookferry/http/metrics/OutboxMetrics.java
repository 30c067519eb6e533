package dev.hookferry.http.metrics;

import dev.hookferry.outbox.OutboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the metrics of outboxes; figures that a database did not give are left out. */
final class OutboxMetrics {
  private static final List<String> LABELS = List.of("outbox");

  private OutboxMetrics() {}

  static void write(PrometheusText text, List<OutboxStatus> outboxes, Instant now) {
    if (outboxes.isEmpty()) {
      return;
    }
    family(
        text,
        outboxes,
        "hookferry_outbox_relayed_total",
        "Outbox rows that this node has published.",
        outbox -> (double) outbox.relayed());
    family(
        text,
        outboxes,
        "hookferry_outbox_rejected_total",
        "Outbox rows that this node has rejected.",
        outbox -> (double) outbox.refused());
    writeTables(text, outboxes, now);
    family(
        text,
        outboxes,
        "hookferry_outbox_failing",
        "1 while a problem stops the relay, 0 otherwise.",
        outbox -> outbox.problem() == null ? 0.0 : 1.0);
  }

  private static void writeTables(PrometheusText text, List<OutboxStatus> outboxes, Instant now) {
    family(
        text,
        outboxes,
        "hookferry_outbox_pending",
        "Rows in the outbox.",
        outbox -> number(outbox.pending()));
    family(
        text,
        outboxes,
        "hookferry_outbox_lag_seconds",
        "Age of the oldest row in the outbox; 0 if it is empty.",
        outbox -> lag(outbox, now));
    family(
        text,
        outboxes,
        "hookferry_outbox_rejected",
        "Rejected rows that wait for a decision.",
        outbox -> number(outbox.rejected()));
  }

  private static void family(
      PrometheusText text,
      List<OutboxStatus> outboxes,
      String name,
      String help,
      Function<OutboxStatus, @Nullable Double> figure) {
    text.family(name, name.endsWith("_total") ? "counter" : "gauge", help);
    for (OutboxStatus outbox : outboxes) {
      Double value = figure.apply(outbox);
      if (value != null) {
        text.sample(name, LABELS, List.of(outbox.name()), value);
      }
    }
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
