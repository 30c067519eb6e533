package dev.hookferry.jdbc;

import java.time.Instant;

/** How old events are forgotten, and what is done early so that it will be cheap. */
interface Retention {
  /** Does what should be done before events of this time and of the next days come. */
  default void prepare(Instant now) {}

  /** See {@link dev.hookferry.port.AttemptLog#forget}. */
  long forget(Instant acceptedBefore);
}
