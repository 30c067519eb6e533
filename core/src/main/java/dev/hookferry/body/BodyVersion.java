package dev.hookferry.body;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The format of the body that an attempt sent, and the version of the endpoint's body settings.
 *
 * @param format the code of a {@link BodyFormat}, of this version of Hookferry or another one
 * @param version counts the changes of the endpoint's body, from 1
 */
public record BodyVersion(String format, int version) {
  /** The longest {@link #text}, in characters. */
  public static final int MAX_TEXT = 32;

  public BodyVersion {
    Objects.requireNonNull(format, "format");
    if (!format.matches("[a-z]{1,20}") || version < 1) {
      throw new IllegalArgumentException(format + ':' + version + " is not a body version");
    }
  }

  /** Returns the stored form, such as {@code template:3}. */
  public String text() {
    return format + ':' + version;
  }

  /**
   * Parses the output of {@link #text}; returns null for null.
   *
   * @throws IllegalArgumentException if the text is damaged
   */
  public static @Nullable BodyVersion parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(text + " is not a body version");
    }
    return new BodyVersion(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
