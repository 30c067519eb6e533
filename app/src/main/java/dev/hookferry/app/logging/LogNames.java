package dev.hookferry.app.logging;

/** Names of values in the log that layouts know. */
final class LogNames {
  /** The id of a trace. */
  static final String TRACE = "traceId";

  /** The id of a span. */
  static final String SPAN = "spanId";

  private LogNames() {}
}
