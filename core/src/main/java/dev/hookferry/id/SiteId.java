package dev.hookferry.id;

import dev.hookferry.refusal.InvalidException;
import java.util.Objects;
import java.util.Optional;

/**
 * Id of a site (a tenant).
 *
 * @param value 1 to 64 characters of {@code a-z0-9_-}, starting with a letter or digit
 */
public record SiteId(String value) {
  private static final int MAX_LENGTH = 64;

  /** The site that always exists. */
  public static final SiteId DEFAULT = new SiteId("default");

  public SiteId {
    Objects.requireNonNull(value, "value");
    if (value.isEmpty() || value.length() > MAX_LENGTH || !isName(value)) {
      throw InvalidException.of(
          "site", "must be 1 to 64 characters of a-z 0-9 _ - and begin with a letter or digit");
    }
  }

  /** Parses the id of a site; empty if the text is malformed. */
  public static Optional<SiteId> find(String text) {
    Objects.requireNonNull(text, "text");
    boolean fits = !text.isEmpty() && text.length() <= MAX_LENGTH && isName(text);
    return fits ? Optional.of(new SiteId(text)) : Optional.empty();
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean inner = i > 0 && (c == '_' || c == '-');
      if (!inner && (c < 'a' || c > 'z') && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
