package dev.hookferry.app.config.reading;

/**
 * One thing that is wrong with the configuration.
 *
 * @param origin where it was written
 * @param key the key's name; empty if the source as a whole is meant
 * @param reason what is wrong and what would be right, as a sentence that follows the key's name
 */
public record ConfigProblem(ValueOrigin origin, String key, String reason) {
  @Override
  public String toString() {
    return origin + ": " + (key.isEmpty() ? reason : key + " " + reason);
  }
}
