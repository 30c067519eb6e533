package dev.hookferry.replay;

import java.util.Locale;

/** Where a replay is in its life. */
public enum ReplayState {
  /** It goes on. */
  RUNNING,
  /** It rests until it is resumed. */
  PAUSED,
  /** It came to the end of its window. */
  DONE,
  /** It was stopped before that. */
  CANCELLED;

  /** Whether nothing more happens. */
  public boolean isFinal() {
    return this == DONE || this == CANCELLED;
  }

  /** The lower-case word, as the API has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
