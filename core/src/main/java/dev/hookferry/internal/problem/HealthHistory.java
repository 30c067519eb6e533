package dev.hookferry.internal.problem;

/**
 * Past failures and site switches that this process knows of, from which health is judged.
 *
 * @param failures the failures of endpoints by cause; changes while the process runs
 * @param switches when sites were switched on; changes while the process runs
 */
public record HealthHistory(FailureTracker failures, SiteSwitches switches) {}
