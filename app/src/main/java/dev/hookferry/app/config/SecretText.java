package dev.hookferry.app.config;

/**
 * A text that must not be shown.
 *
 * @param text the secret itself
 */
public record SecretText(String text) {
  /** What is shown instead. */
  public static final String MASK = "********";

  @Override
  public String toString() {
    return MASK;
  }
}
