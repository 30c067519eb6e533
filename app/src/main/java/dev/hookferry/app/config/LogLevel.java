package dev.hookferry.app.config;

/** Log levels, each including those before it. */
public enum LogLevel {
  /** Failures that require action. */
  ERROR,
  /** Problems that someone should look at. */
  WARN,
  /** Events that operators want to know about. */
  INFO,
  /** Every event and attempt. */
  DEBUG
}
