package dev.hookferry.app.bench.load;

import dev.hookferry.app.bench.wire.RequestShape;

/**
 * The load of one run.
 *
 * @param clients the number of connections
 * @param shape the size of requests
 * @param millis the duration
 * @param rate events per second, or 0 for the maximum
 * @param profile the behaviour of the receivers
 */
public record LoadProfile(
    int clients, RequestShape shape, long millis, double rate, ReceiverProfile profile) {
  /** Returns a copy with a fixed rate and the given number of connections. */
  public LoadProfile at(double perSecond, int max) {
    return new LoadProfile(max, shape, millis, perSecond, profile);
  }

  public LoadProfile with(RequestShape requestShape) {
    return new LoadProfile(clients, requestShape, millis, rate, profile);
  }

  public LoadProfile with(ReceiverProfile receiverProfile) {
    return new LoadProfile(clients, shape, millis, rate, receiverProfile);
  }
}
