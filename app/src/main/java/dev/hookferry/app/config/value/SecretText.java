package dev.hookferry.app.config.value;

/**
 * A text that must not be shown.
 *
 * @param text the secret itself
 */
public record SecretText(String text) {
  /** What is shown instead. */
  public static final String MASK = "********";

  /**
   * Returns the address of a store without the passwords in it. Masks too much rather than too
   * little, since a password may contain every separator.
   */
  public static String masked(String store) {
    return store
        .replaceAll(
            "(?i)((?:^|[?&;])[a-z]*(?:pass|pwd|secret|token)[a-z]*=).*?(?=$|[&;][a-z0-9_.-]+=)",
            "$1" + MASK)
        .replaceAll("//([^/@:?]*):(?:(?!\\?[\\w.-]+=).)*@", "//$1:" + MASK + "@")
        .replaceAll("(:[^/@:?]+)/[^/@:?]*@", "$1/" + MASK + "@");
  }

  @Override
  public String toString() {
    return MASK;
  }
}
