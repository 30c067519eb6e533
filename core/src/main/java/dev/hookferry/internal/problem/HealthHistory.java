package dev.hookferry.internal.problem;

/**
 * Past failures and recently enabled sites known to this process, used to judge endpoint health.
 *
 * @param failures the failures of endpoints by cause; changes while the process runs
 * @param switches when sites were enabled; changes while the process runs
 */
public record HealthHistory(FailureTracker failures, SiteSwitches switches) {}
