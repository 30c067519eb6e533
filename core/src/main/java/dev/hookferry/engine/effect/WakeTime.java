package dev.hookferry.engine.effect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Combines the moments at which the engine wants to be woken. */
public final class WakeTime {
  private WakeTime() {}

  /** Returns the earlier of two moments; null stands for never. */
  public static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
