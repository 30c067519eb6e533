/** Metrics in the Prometheus text format. */
@NullMarked
package dev.hookferry.http.metrics;

import org.jspecify.annotations.NullMarked;
