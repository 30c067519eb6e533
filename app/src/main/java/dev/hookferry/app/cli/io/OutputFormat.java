package dev.hookferry.app.cli.io;

/** Output formats of a command; the names are those that a user types. */
enum OutputFormat {
  text,
  json,
  csv,
  wide;

  /** Returns whether every command supports it; the others are for lists. */
  boolean isForAll() {
    return this == text || this == json;
  }
}
