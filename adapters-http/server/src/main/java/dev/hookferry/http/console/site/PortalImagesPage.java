package dev.hookferry.http.console.site;

import dev.hookferry.event.Payload;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.theme.PortalImages;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.PortalImage;
import dev.hookferry.site.PortalSettings;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Page that uploads, shows and removes the images of a site's portal. */
public final class PortalImagesPage {
  private static final String PORTAL = "/portal";
  private static final String IMAGES = PORTAL + "/images/";

  /**
   * An image in the list.
   *
   * @param id where it is shown, as in the API
   * @param title where it is shown, for display
   * @param path its path in the console; empty if there is none
   * @param facts its format, dimensions and size; empty if there is none
   */
  public record Line(String id, String title, String path, String facts) {}

  static List<Line> lines(Visit visit, PortalSettings settings) {
    return Stream.of(PortalImage.Use.values()).map(use -> line(visit, settings, use)).toList();
  }

  private static Line line(Visit visit, PortalSettings settings, PortalImage.Use use) {
    PortalImage image = settings.images().get(use);
    String facts =
        image == null
            ? ""
            : image.format()
                + ", "
                + image.width()
                + " × "
                + image.height()
                + ", "
                + NumberText.counted(image.content().size(), "byte");
    return new Line(use.code(), title(use), path(visit, settings, use), facts);
  }

  private static String title(PortalImage.Use use) {
    return switch (use) {
      case LOGO_LIGHT -> "Logo on light pages";
      case LOGO_DARK -> "Logo on dark pages";
      case ICON -> "Icon";
    };
  }

  /**
   * Returns the path of an image, with a hash that makes browsers reload it once it is replaced.
   */
  private static String path(Visit visit, PortalSettings settings, PortalImage.Use use) {
    PortalImage image = settings.images().get(use);
    return image == null ? "" : visit.path(IMAGES + use.code()) + "?" + image.hash();
  }

  /** Returns the paths of images for a preview. */
  static PortalImages preview(Visit visit, PortalSettings settings) {
    return new PortalImages(
        path(visit, settings, PortalImage.Use.LOGO_LIGHT),
        path(visit, settings, PortalImage.Use.LOGO_DARK),
        path(visit, settings, PortalImage.Use.ICON));
  }

  /** Uploads an image. */
  public ConsoleReply save(Visit visit) {
    FormValues form = visit.form();
    try {
      byte[] file = Base64.getDecoder().decode(form.raw("file"));
      PortalImage.Cleaned cleaned =
          visit
              .webhooks()
              .settings()
              .setPortalImage(visit.site(), use(form.text("id")), Payload.wrap(file));
      String removed = String.join(", ", cleaned.removed());
      return visit.done(
          visit.path(PORTAL),
          "The image was saved.",
          removed.isEmpty() ? "" : "Left out of it for safety: " + removed + ".");
    } catch (InvalidException e) {
      return visit.refused(visit.path(PORTAL), e.getMessage());
    } catch (IllegalArgumentException e) {
      return visit.refused(visit.path(PORTAL), "image: must be a file");
    }
  }

  /** Removes an image. */
  public ConsoleReply remove(Visit visit) {
    PortalImage.Use use = use(visit.form().text("id"));
    boolean removed = visit.webhooks().settings().removePortalImage(visit.site(), use);
    return removed
        ? visit.done(visit.path(PORTAL), "The image was removed.")
        : visit.refused(visit.path(PORTAL), "This image no longer exists.");
  }

  /** Returns an image as a file, whether the portal is on or not. */
  public ConsoleReply file(Visit visit) {
    PortalImage.Use use = use(String.valueOf(visit.named().get("id")));
    PortalImage image = visit.webhooks().settings().get(visit.site()).portal().images().get(use);
    if (image == null) {
      throw new NotFoundException("image", use.code());
    }
    return PortalImages.file(image).with("Cache-Control", "private, max-age=3600");
  }

  private static PortalImage.Use use(String word) {
    return PortalImage.Use.fromCode(word).orElseThrow(() -> new NotFoundException("image", word));
  }
}
