package dev.hookferry.engine.dispatch;

/**
 * A limit on sending to an endpoint, by its health; each constant allows less than the one before.
 */
public enum LaneMode {
  /** As much as its concurrency window allows. */
  FULL,
  /** As much as its window allows, with few deliveries in memory. */
  REDUCED,
  /** One request at a time, to probe whether the endpoint responds again. */
  PROBING
}
