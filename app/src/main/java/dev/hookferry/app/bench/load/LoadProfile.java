package dev.hookferry.app.bench.load;

import dev.hookferry.app.bench.wire.RequestShape;

/**
 * The load of one run.
 *
 * @param clients how many connections
 * @param shape of the requests
 * @param millis for how long
 * @param rate events in a second, or 0 for as many as go
 * @param habit how the receivers behave
 */
public record LoadProfile(
    int clients, RequestShape shape, long millis, double rate, ReceiverProfile habit) {
  /** So many events in a second, by as many connections as that needs. */
  public LoadProfile at(double perSecond, int most) {
    return new LoadProfile(most, shape, millis, perSecond, habit);
  }

  public LoadProfile with(ReceiverProfile other) {
    return new LoadProfile(clients, shape, millis, rate, other);
  }
}
