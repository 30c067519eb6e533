package dev.hookferry.app.logging;

/** Names of log fields to which layouts can give another name. */
final class LogNames {
  /** The id of a trace. */
  static final String TRACE = "traceId";

  /** The id of a span. */
  static final String SPAN = "spanId";

  private LogNames() {}
}
