package dev.hookferry.app.demo;

/**
 * A check of the demo and its result.
 *
 * @param kept whether the check passed
 * @param text the check, with the observed result
 */
public record DemoFinding(boolean kept, String text) {
  @Override
  public String toString() {
    return (kept ? "ok      " : "BROKEN  ") + text;
  }
}
