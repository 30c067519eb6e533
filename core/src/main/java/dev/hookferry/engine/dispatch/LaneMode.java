package dev.hookferry.engine.dispatch;

/**
 * Limit on sending to an endpoint, set by its health; each constant allows less than the previous.
 */
public enum LaneMode {
  /** Up to the concurrency window. */
  FULL,
  /** Up to the concurrency window, with few deliveries in memory. */
  REDUCED,
  /** One request at a time, to probe whether the endpoint responds again. */
  PROBING
}
