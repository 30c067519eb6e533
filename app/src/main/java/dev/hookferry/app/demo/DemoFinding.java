package dev.hookferry.app.demo;

/**
 * A check of the demo and its result.
 *
 * @param kept whether the check passed
 * @param text what was checked, with what was observed
 */
public record DemoFinding(boolean kept, String text) {
  @Override
  public String toString() {
    return (kept ? "ok      " : "BROKEN  ") + text;
  }
}
