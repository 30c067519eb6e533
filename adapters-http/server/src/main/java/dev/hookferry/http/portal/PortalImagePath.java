package dev.hookferry.http.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.PortalImage;
import dev.hookferry.site.PortalSettings;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paths of images in portals. They contain a hash, so browsers may cache images forever. */
public final class PortalImagePath {
  private static final String START = "/portal/image/";
  private static final Pattern PATH =
      Pattern.compile(START + "([^/]{1,64})/([0-9a-f]{32}\\.(?:png|svg))");

  private PortalImagePath() {}

  /** Returns the path of an image. */
  public static String of(SiteId site, PortalImage image) {
    return START + site + "/" + name(image);
  }

  private static String name(PortalImage image) {
    return image.hash() + "." + image.format().extension();
  }

  /** Returns whether a path is one of images; the image itself may not exist. */
  public static boolean isImagePath(String path) {
    return path.startsWith(START);
  }

  /** Returns the image at a path; empty unless the portal of its site is on and has it. */
  public static Optional<PortalImage> find(Webhooks webhooks, String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches()
        ? SiteId.find(matcher.group(1)).flatMap(id -> webhooks.sites().find(id)).stream()
            .map(site -> site.settings().portal())
            .filter(PortalSettings::enabled)
            .flatMap(portal -> portal.images().values().stream())
            .filter(image -> name(image).equals(matcher.group(2)))
            .findFirst()
        : Optional.empty();
  }
}
