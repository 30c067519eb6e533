package dev.hookferry.spring.actuate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is read at most every ten seconds, since several meters need it and reading it
 * queries a database. Thread-safe.
 */
final class RecentValue<T> {
  private static final Duration MAX_TIME = Duration.ofSeconds(10);

  private final Supplier<? extends @Nullable T> reader;
  private final InstantSource clock;
  private Instant readAt = Instant.MIN;
  private @Nullable T value;

  RecentValue(Supplier<? extends @Nullable T> reader, InstantSource clock) {
    this.reader = reader;
    this.clock = clock;
  }

  /** Returns the value, or null if there is none or it could not be read. */
  synchronized @Nullable T get() {
    Instant now = clock.instant();
    // A read time in the future means that the clock has been set back.
    if (now.isBefore(readAt) || readAt.isBefore(now.minus(MAX_TIME))) {
      readAt = now;
      try {
        value = reader.get();
      } catch (RuntimeException e) {
        // Better no value than an old one.
        value = null;
      }
    }
    return value;
  }
}
