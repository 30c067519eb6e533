/**
 * Exports traces and metrics over OTLP. Loads no OpenTelemetry classes while it is off; only this
 * package refers to them. The exported metrics are collected in {@code http.metrics}.
 */
@NullMarked
package dev.hookferry.app.otel;

import org.jspecify.annotations.NullMarked;
