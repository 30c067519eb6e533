package dev.hookferry.app.config;

/** How the log looks. */
public enum LogFormat {
  /** A line for people, with {@code key=value} pairs. */
  TEXT,
  /** One JSON object a line. */
  JSON
}
