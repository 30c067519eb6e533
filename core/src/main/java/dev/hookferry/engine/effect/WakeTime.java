package dev.hookferry.engine.effect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Combines the times at which the engine must be woken. */
public final class WakeTime {
  private WakeTime() {}

  /** Returns the earlier of two times; null means never. */
  public static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
