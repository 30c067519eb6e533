package dev.hookferry.app.logging;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.TraceContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/** Adds the subject of a log line to it, as key-value pairs. */
final class LinePairs {
  /** The end of a line about similar lines that were suppressed. */
  static final String LEFT_OUT = ": more lines suppressed";

  private LinePairs() {}

  /** Adds a number, unless it is zero. */
  static LoggingEventBuilder count(LoggingEventBuilder line, String key, long count) {
    return count == 0 ? line : line.addKeyValue(key, count);
  }

  static LoggingEventBuilder delivery(LoggingEventBuilder line, Delivery delivery) {
    return line.addKeyValue("delivery", delivery.id())
        .addKeyValue("event", delivery.event())
        .addKeyValue("type", delivery.type().name())
        .addKeyValue("site", delivery.site())
        .addKeyValue("endpoint", delivery.endpoint())
        .addKeyValue("attempts", delivery.attempts());
  }

  static LoggingEventBuilder attempt(LoggingEventBuilder line, Attempt attempt) {
    LoggingEventBuilder known =
        line.addKeyValue("delivery", attempt.delivery())
            .addKeyValue("event", attempt.event())
            .addKeyValue("type", attempt.type().name())
            .addKeyValue("site", attempt.site())
            .addKeyValue("endpoint", attempt.endpoint())
            .addKeyValue("to", FailedAttempts.host(attempt))
            .addKeyValue("attempt", attempt.number())
            .addKeyValue("outcome", attempt.outcome().kind().code());
    return count(known, "status", attempt.outcome().statusCode())
        .addKeyValue("ms", attempt.outcome().took().toMillis());
  }

  /** Adds the ids of a trace; adds nothing if it is null. */
  static LoggingEventBuilder trace(LoggingEventBuilder line, @Nullable TraceContext trace) {
    return trace == null
        ? line
        : line.addKeyValue(LogNames.TRACE, trace.traceId())
            .addKeyValue(LogNames.SPAN, trace.spanId());
  }
}
