package dev.hookferry.app.config;

/** How much is logged. */
public enum LogLevel {
  /** What needs somebody's help. */
  ERROR,
  /** What went wrong, too. */
  WARN,
  /** What a person who runs it wants to know, too. */
  INFO,
  /** Everything. */
  DEBUG
}
