package dev.hookferry.endpoint;

import dev.hookferry.refusal.InvalidException;
import java.util.regex.Pattern;

/**
 * The name of a site, QLM's word for a tenant.
 *
 * @param value 1 to 64 of {@code a-z0-9_-}, beginning with a letter or digit
 */
public record SiteId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  /** The site that always exists. */
  public static final SiteId DEFAULT = new SiteId("default");

  public SiteId {
    if (!FORM.matcher(value).matches()) {
      throw InvalidException.of(
          "site", "must be 1 to 64 characters of a-z 0-9 _ - and begin with a letter or digit");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
