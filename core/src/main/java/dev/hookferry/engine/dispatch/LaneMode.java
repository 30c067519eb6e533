package dev.hookferry.engine.dispatch;

/** The rate at which an endpoint is sent requests, by its health; each constant is slower. */
public enum LaneMode {
  /** As much as its concurrency window allows. */
  FULL,
  /** As much as its window allows, with few deliveries in memory. */
  REDUCED,
  /** One request at a time, to find out whether it responds again. */
  PROBING
}
