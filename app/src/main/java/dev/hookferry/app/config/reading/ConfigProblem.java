package dev.hookferry.app.config.reading;

/**
 * A problem in the configuration.
 *
 * @param origin where the value was given
 * @param key the key's name; empty if the source as a whole is the problem
 * @param reason the problem and the fix, worded to follow the key's name
 */
public record ConfigProblem(ValueOrigin origin, String key, String reason) {
  @Override
  public String toString() {
    return origin + ": " + (key.isEmpty() ? reason : key + " " + reason);
  }
}
