package dev.hookferry.app.demo;

/**
 * One promise, and whether it was kept.
 *
 * @param kept whether
 * @param text the promise, with what was seen
 */
public record Finding(boolean kept, String text) {
  @Override
  public String toString() {
    return (kept ? "ok      " : "BROKEN  ") + text;
  }
}
