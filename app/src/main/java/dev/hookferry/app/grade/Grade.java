package dev.hookferry.app.grade;

/** The grade of a receiver, from best to worst. */
public enum Grade {
  /** Every check passed. */
  A,
  /** Slow, or some checks were undecided; no other check failed. */
  B,
  /** Refuses a valid request that Hookferry may send. */
  C,
  /** Accepts replayed requests. */
  D,
  /** Refuses the valid event, or accepts a forged one. */
  F,
  /** Undecided whether the receiver accepts the valid event. */
  NONE;

  /** Returns the letter, or {@code none}. */
  public String letter() {
    return this == NONE ? "none" : name();
  }
}
