package dev.hookferry.app.migration;

import dev.hookferry.app.migration.PlannedSite.Origin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/** Ids of sites, made from the names that other systems use. */
final class SiteNames {
  private static final int MAX_LENGTH = 64;
  private static final int HASH = 8;

  private SiteNames() {}

  /** Returns an id made from the uid of a site, or else from its name, or else from its id. */
  static String of(PlannedSite site) {
    String slug = slug(site.uid() == null ? site.name() : site.uid());
    return slug.isEmpty() ? unique("site", site.origin()) : slug;
  }

  /** Returns an id that no other site of the same origin has. */
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

  /** Keeps letters and digits, without their accents, and puts hyphens between them. */
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
