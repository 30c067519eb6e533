/**
 * Counts of recent attempts, and the charts drawn from them. Metrics for monitoring systems are in
 * {@code http.metrics}.
 */
@NullMarked
package dev.hookferry.http.console.activity;

import org.jspecify.annotations.NullMarked;
