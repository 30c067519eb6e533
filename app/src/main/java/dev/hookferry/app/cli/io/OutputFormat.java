package dev.hookferry.app.cli.io;

/** What a command prints; the names are those that a user types. */
enum OutputFormat {
  text,
  json,
  csv,
  wide;

  /** Returns whether every command has it; the others are for lists. */
  boolean isForAll() {
    return this == text || this == json;
  }
}
