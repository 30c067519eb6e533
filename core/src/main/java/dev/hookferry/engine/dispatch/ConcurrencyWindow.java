package dev.hookferry.engine.dispatch;

import dev.hookferry.delivery.Outcome;

/**
 * Limit on the requests in flight to one endpoint, with additive increase and multiplicative
 * decrease: starts small, grows by one with every response, halves with every timeout or throttling
 * response. A hanging endpoint ties up few requests; a fast one reaches the maximum.
 */
final class ConcurrencyWindow {
  private static final int FIRST = 4;

  private int largest = Integer.MAX_VALUE;
  private int size = FIRST;

  /** Returns how many requests may be in flight. */
  int size() {
    return size;
  }

  /** Changes the maximum. */
  void limit(int max) {
    largest = max;
    size = Math.min(size, max);
  }

  /** Adjusts the window after an attempt; one that failed before it could hang has no effect. */
  void ended(Outcome outcome) {
    if (outcome.isThrottling()) {
      size = Math.max(size / 2, 1);
      return;
    }
    switch (outcome.kind()) {
      case DELIVERED, HTTP_ERROR -> size = Math.min(size + 1, largest);
      case TIMEOUT, CONNECT_TIMEOUT -> size = Math.max(size / 2, 1);
      default -> {}
    }
  }

  /** Restarts with a single request, for an endpoint that responds again. */
  void restart() {
    size = 1;
  }
}
