package dev.hookferry.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.bench.figures.DeliveryTally;
import dev.hookferry.app.bench.load.ReceiverProfile;

/** A sender of webhooks from PostgreSQL, in its own processes. Not thread-safe. */
interface Contender extends AutoCloseable {
  String name();

  /** Sends so many, each once. */
  Lap lap(int jobs, ReceiverProfile habit);

  /**
   * Result of a run.
   *
   * @param perSecond jobs
   * @param tally whether each came once
   */
  record Lap(double perSecond, DeliveryTally tally) {
    /** Timed from the first arrival to the last. */
    static Lap of(DeliveryTally tally, JsonNode arrivals) {
      long micros = arrivals.path("lastMicros").asLong() - arrivals.path("firstMicros").asLong();
      return new Lap(tally.delivered() * 1e6 / Math.max(1, micros), tally);
    }
  }

  @Override
  void close();
}
