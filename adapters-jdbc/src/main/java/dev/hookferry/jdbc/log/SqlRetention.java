package dev.hookferry.jdbc.log;

import java.time.Instant;

/** How old events are forgotten, and what is done early so that it will be cheap. */
public interface SqlRetention {
  /** Does what should be done before events of this time and of the next days come. */
  default void prepare(Instant now) {}

  /** See {@link dev.hookferry.store.AttemptLog#forget}. */
  long forget(Instant acceptedBefore);
}
