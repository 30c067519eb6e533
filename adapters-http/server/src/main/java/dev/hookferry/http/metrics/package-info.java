/**
 * Metrics in the Prometheus text format. They are exported over OTLP by {@code app.otel}; the
 * console's charts have counts of their own, in {@code console.activity}.
 */
@NullMarked
package dev.hookferry.http.metrics;

import org.jspecify.annotations.NullMarked;
