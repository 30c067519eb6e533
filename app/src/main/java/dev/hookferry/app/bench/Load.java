package dev.hookferry.app.bench;

/**
 * The load of one run.
 *
 * @param clients how many connections
 * @param shape of the requests
 * @param millis for how long
 * @param rate events in a second, or 0 for as many as go
 * @param habit how the receivers behave
 */
record Load(int clients, Shape shape, long millis, double rate, Habit habit) {
  /** So many events in a second, by as many connections as that needs. */
  Load at(double perSecond, int most) {
    return new Load(most, shape, millis, perSecond, habit);
  }

  Load with(Habit other) {
    return new Load(clients, shape, millis, rate, other);
  }
}
