package dev.hookferry.engine.dispatch;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.engine.outcome.HealthTracker;

/**
 * How many requests may be under way to one endpoint at once. Begins small, grows by one with every
 * answer, halves with every timeout and with answers that ask for less: so an endpoint that hangs
 * ties up little, and one that answers soon has all that it may have.
 */
public final class ConcurrencyWindow {
  private static final int FIRST = 4;

  private final int largest;
  private int size;

  ConcurrencyWindow(int largest) {
    this.largest = largest;
    size = Math.min(FIRST, largest);
  }

  int size() {
    return size;
  }

  /** Learns from an attempt. One that failed before it could hang says nothing. */
  void ended(Outcome outcome) {
    if (HealthTracker.throttles(outcome)) {
      size = Math.max(size / 2, 1);
      return;
    }
    switch (outcome.kind()) {
      case DELIVERED, HTTP_ERROR -> size = Math.min(size + 1, largest);
      case TIMEOUT, CONNECT_TIMEOUT -> size = Math.max(size / 2, 1);
      default -> {}
    }
  }

  /** Begins with one request, and grows with answers: for an endpoint that has just come back. */
  public void restart() {
    size = 1;
  }
}
