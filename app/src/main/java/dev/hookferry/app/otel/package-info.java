/**
 * Exports traces and metrics over OTLP. Loads nothing of OpenTelemetry while it is off; only this
 * package names its classes. The exported metrics are collected in {@code http.metrics}.
 */
@NullMarked
package dev.hookferry.app.otel;

import org.jspecify.annotations.NullMarked;
