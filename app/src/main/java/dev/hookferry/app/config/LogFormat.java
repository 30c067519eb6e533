package dev.hookferry.app.config;

/** Formats of the process log. */
public enum LogFormat {
  /** A text line with {@code key=value} pairs. */
  TEXT,
  /** One JSON object per line. */
  JSON,
  /** One JSON object per line, with the names of the Elastic Common Schema. */
  ECS
}
