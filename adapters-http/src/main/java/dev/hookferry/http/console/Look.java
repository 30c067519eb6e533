package dev.hookferry.http.console;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;

/**
 * How a state looks: its colour, its word and its shape say the same.
 *
 * @param tone the class of the stylesheet: good, bad, wait or rest
 * @param word what is read
 * @param shape the path of the icon, in a box of 16
 */
record Look(String tone, String word, String shape) {
  static final String TICK = "M3 8.5l3.2 3.2L13 4.8";
  static final String CROSS = "M4 4l8 8M12 4l-8 8";
  static final String CLOCK = "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 5v3.2l2 1.3";
  static final String PAUSE = "M5.5 4v8M10.5 4v8";
  static final String SLASH = "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM4 12l8-8";

  /** What an endpoint was never sent. */
  static final Look UNSENT = new Look("rest", "not sent", "M4 8h8");

  static Look of(DeliveryState state) {
    return switch (state) {
      case PENDING -> new Look("wait", state.word(), CLOCK);
      case HELD -> new Look("rest", state.word(), PAUSE);
      case DELIVERED -> new Look("good", state.word(), TICK);
      case EXHAUSTED -> new Look("bad", state.word(), CROSS);
      case POISONED -> new Look("bad", state.word(), SLASH);
      case CANCELLED -> new Look("rest", state.word(), SLASH);
    };
  }

  static Look of(OutcomeKind kind) {
    String word = kind.word().replace('_', ' ');
    return kind == OutcomeKind.DELIVERED
        ? new Look("good", word, TICK)
        : new Look(kind.counts() ? "bad" : "wait", word, CROSS);
  }
}
