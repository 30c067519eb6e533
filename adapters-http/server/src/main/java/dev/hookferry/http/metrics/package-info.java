/**
 * Metrics in the Prometheus text format. {@code app.otel} exports them over OTLP. The console's
 * charts use separate counts from {@code console.activity}.
 */
@NullMarked
package dev.hookferry.http.metrics;

import org.jspecify.annotations.NullMarked;
