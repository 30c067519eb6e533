package dev.hookferry.app.text;

/** Importance of a column to a reader, lowest first. */
enum Importance {
  ID,
  OTHER,
  TEXT,
  ENDPOINT,
  TIME,
  REASON,
  STATE
}
