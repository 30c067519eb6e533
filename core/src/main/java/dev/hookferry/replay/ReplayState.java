package dev.hookferry.replay;

import java.util.Locale;

/** State of a replay. */
public enum ReplayState {
  /** Deliveries are being scheduled. */
  RUNNING,
  /** Paused until it is resumed. */
  PAUSED,
  /** All deliveries of the window have been processed. */
  DONE,
  /** Cancelled before the end of the window. */
  CANCELLED;

  /** Returns whether the replay has ended. */
  public boolean isFinal() {
    return this == DONE || this == CANCELLED;
  }

  /** Returns the lower-case name used in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
