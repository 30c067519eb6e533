package dev.hookferry.app.text;

/** How much a reader misses a column, from least to most. */
enum Importance {
  ID,
  OTHER,
  TEXT,
  ENDPOINT,
  TIME,
  REASON,
  STATE
}
