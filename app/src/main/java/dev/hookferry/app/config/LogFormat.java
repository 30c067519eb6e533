package dev.hookferry.app.config;

/** Formats of the process log. */
public enum LogFormat {
  /** A text line with {@code key=value} pairs. */
  TEXT,
  /** One JSON object per line. */
  JSON
}
