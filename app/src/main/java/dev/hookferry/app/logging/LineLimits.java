package dev.hookferry.app.logging;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Rate limits for kinds of log lines: 60 of a kind in a minute are logged at their level, the rest
 * at DEBUG. Thread-safe.
 */
final class LineLimits {
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int LINES = 60;

  private final Logger log;
  private final InstantSource clock;
  private final Map<String, Limit> kinds = new LinkedHashMap<>();

  private record Limit(Level level, RateLimitedLogger limiter) {}

  LineLimits(Logger log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /**
   * Begins a line, with the number of lines of its kind that were suppressed before it.
   *
   * @param kind the event in words, from a small set
   */
  LoggingEventBuilder line(Level level, String kind) {
    OptionalLong suppressed = limit(level, kind).limiter().take();
    return suppressed.isEmpty()
        ? log.atDebug()
        : LinePairs.count(log.atLevel(level), "suppressed", suppressed.getAsLong());
  }

  private synchronized Limit limit(Level level, String kind) {
    return kinds.computeIfAbsent(
        kind, unused -> new Limit(level, new RateLimitedLogger(clock, LINES, PERIOD)));
  }

  /** Logs how many lines were suppressed in periods that have ended, or in all at the end. */
  synchronized void logSuppressed(boolean isLast) {
    kinds.forEach(
        (kind, limit) -> {
          long suppressed = limit.limiter().leftOut(isLast);
          if (suppressed > 0) {
            log.atLevel(limit.level())
                .addKeyValue("suppressed", suppressed)
                .log(kind + LinePairs.LEFT_OUT);
          }
        });
  }
}
