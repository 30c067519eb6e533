package dev.hookferry.http.console.theme;

import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.portal.PortalImagePath;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.PortalImage;
import dev.hookferry.site.PortalSettings;
import org.jspecify.annotations.Nullable;

/**
 * Paths of the product's images in a page's frame.
 *
 * @param light the logo on light pages; empty for none
 * @param dark the logo on dark pages; empty for none
 * @param icon the icon; empty for Hookferry's
 */
public record PortalImages(String light, String dark, String icon) {
  /** No images. */
  public static final PortalImages NONE = new PortalImages("", "", "");

  public static PortalImages of(@Nullable SiteId site, PortalSettings settings) {
    if (site == null || settings.images().isEmpty()) {
      return NONE;
    }
    return new PortalImages(
        path(site, settings, PortalImage.Use.LOGO_LIGHT),
        path(site, settings, PortalImage.Use.LOGO_DARK),
        path(site, settings, PortalImage.Use.ICON));
  }

  private static String path(SiteId site, PortalSettings settings, PortalImage.Use use) {
    PortalImage image = settings.images().get(use);
    return image == null ? "" : PortalImagePath.of(site, image);
  }

  /** Returns the logo for a scheme, or the other scheme's logo if it has none. */
  public String logo(String scheme) {
    String own = scheme.equals("dark") ? dark : light;
    return own.isEmpty() ? light + dark : own;
  }

  /**
   * Returns an image as a file. Opened directly, it is sandboxed: it cannot run scripts or load
   * anything.
   */
  public static ConsoleReply file(PortalImage image) {
    return ConsoleReply.of(200, image.format().contentType(), image.content().unsafeBytes())
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox")
        .with("X-Content-Type-Options", "nosniff")
        .with("Cross-Origin-Resource-Policy", "same-origin")
        .with("Referrer-Policy", "no-referrer")
        .with("Cache-Control", "public, max-age=31536000, immutable");
  }
}
