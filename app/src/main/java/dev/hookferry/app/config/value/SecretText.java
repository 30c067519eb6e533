package dev.hookferry.app.config.value;

import dev.hookferry.jdbc.database.DatabaseUrl;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A secret, masked in {@link #toString}.
 *
 * @param text the secret itself
 */
public record SecretText(String text) {
  /** The text shown instead of a secret. */
  public static final String MASK = DatabaseUrl.MASK;

  /**
   * Masks passwords in a store's address. Masks too much rather than too little, since a password
   * may contain any separator.
   */
  public static String masked(String store) {
    return DatabaseUrl.masked(store);
  }

  /**
   * Joins strings with commas. Masks each one first, so that no mask extends into the next string.
   */
  public static String masked(List<String> texts) {
    return texts.stream().map(SecretText::masked).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return MASK;
  }
}
