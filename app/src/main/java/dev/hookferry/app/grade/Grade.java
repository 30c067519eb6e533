package dev.hookferry.app.grade;

/** The grade of a receiver, from best to worst. */
public enum Grade {
  /** Every check passed. */
  A,
  /** It is slow, or some checks could not be decided; no other check failed. */
  B,
  /** It refuses something that Hookferry may send. */
  C,
  /** It accepts replayed requests. */
  D,
  /** It refuses the valid event, or accepts a forged one. */
  F,
  /** Whether it accepts the valid event could not be decided. */
  NONE;

  /** Returns the letter, or {@code none}. */
  public String letter() {
    return this == NONE ? "none" : name();
  }
}
