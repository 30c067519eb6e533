package dev.hookferry.app.migration;

import dev.hookferry.app.migration.PlannedSite.Origin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/** Derives the ids of sites from their names in other systems. */
final class SiteNames {
  private static final int MAX_LENGTH = 64;
  private static final int HASH = 8;

  private SiteNames() {}

  /**
   * Returns an id derived from a site's uid, else from its name; from its origin if that is empty.
   */
  static String of(PlannedSite site) {
    String slug = slug(site.uid() == null ? site.name() : site.uid());
    return slug.isEmpty() ? unique("site", site.origin()) : slug;
  }

  /** Returns the slug with a hash of the origin, which distinguishes it from other sites. */
  static String unique(String slug, Origin origin) {
    String hash;
    try {
      hash =
          HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(
                          (origin.sender() + "/" + origin.id()).getBytes(StandardCharsets.UTF_8)))
              .substring(0, HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return slug.substring(0, Math.min(MAX_LENGTH - HASH - 1, slug.length())) + "-" + hash;
  }

  /** Returns the letters (without accents), digits and underscores, with hyphens for the rest. */
  private static String slug(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_]+", "-")
            .replaceAll("^[-_]+", "");
    String cut = plain.substring(0, Math.min(MAX_LENGTH, plain.length()));
    return cut.replaceAll("-+$", "");
  }
}
