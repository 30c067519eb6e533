package dev.hookferry.internal.problem;

/**
 * The past that decides about the health of endpoints, as far as this process knows it.
 *
 * @param failures the failures of endpoints by cause; changes while the process runs
 * @param switches when sites were switched on; changes while the process runs
 */
public record HealthHistory(FailureTracker failures, SiteSwitches switches) {}
