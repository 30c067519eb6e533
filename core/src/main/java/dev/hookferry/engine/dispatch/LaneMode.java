package dev.hookferry.engine.dispatch;

/**
 * A limit on sending to an endpoint, by its health; each constant allows less than the one before.
 */
public enum LaneMode {
  /** Up to the concurrency window. */
  FULL,
  /** Up to the concurrency window, with few deliveries in memory. */
  REDUCED,
  /** One request at a time, to probe whether the endpoint responds again. */
  PROBING
}
