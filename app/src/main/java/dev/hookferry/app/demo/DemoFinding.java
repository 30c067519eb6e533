package dev.hookferry.app.demo;

/**
 * A check of the demo and its result.
 *
 * @param passed whether the check passed
 * @param text the check, with the observed result
 */
public record DemoFinding(boolean passed, String text) {
  @Override
  public String toString() {
    return (passed ? "ok      " : "BROKEN  ") + text;
  }
}
