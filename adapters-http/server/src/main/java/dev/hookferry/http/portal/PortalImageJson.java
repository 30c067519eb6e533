package dev.hookferry.http.portal;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.Page;
import dev.hookferry.site.PortalImage;
import java.util.List;

/** Images of the portal, as the operator's API accepts and returns them. */
public final class PortalImageJson {
  /** The image file. */
  public static final FieldSpec<String> FILE =
      FieldSpec.of(
              "image",
              FieldKind.text(1, (PortalImage.MAX_BYTES + 2) / 3 * 4),
              "The file in base64: a PNG, or an SVG in UTF-8, of at most 64 KiB.")
          .example("PHN2ZyB2aWV3Qm94PScwIDAgOSA5Jz48cGF0aCBkPSdNMCAwaDl2OXonLz48L3N2Zz4=");

  /** The fields of an upload. */
  public static final FieldTable NEW = FieldTable.of("NewPortalImage", FILE).requiring(FILE);

  /** An image. */
  public static final ResponseShape<ShownImage> IMAGE =
      ResponseShape.<ShownImage>of("PortalImage")
          .always(
              FieldSpec.of(
                  "id",
                  FieldKind.choice(PortalImage.Use.class, PortalImage.Use::code),
                  "Where it is shown."),
              shown -> shown.use().code())
          .always(
              FieldSpec.of("contentType", FieldKind.text(), "The kind of file."),
              shown -> shown.image().format().contentType())
          .always(
              FieldSpec.of("bytes", FieldKind.count(), "Its size once it is cleaned."),
              shown -> shown.image().content().size())
          .always(
              FieldSpec.of("width", FieldKind.count(), "In pixels, or in units of the SVG."),
              shown -> shown.image().width())
          .always(
              FieldSpec.of("height", FieldKind.count(), "In pixels, or in units of the SVG."),
              shown -> shown.image().height())
          .always(
              FieldSpec.of("path", FieldKind.text(), "Its path in the portal."),
              shown -> PortalImagePath.of(shown.site(), shown.image()))
          .always(
              FieldSpec.of(
                  "removed",
                  FieldKind.list(FieldKind.text()),
                  "Parts of the uploaded SVG that were taken out for safety; empty in lists."),
              ShownImage::removed);

  /** All images of a portal. */
  public static final ResponseShape<Page<ShownImage>> IMAGES = IMAGE.page("PortalImages");

  private PortalImageJson() {}

  /** An image of a site's portal. */
  public record ShownImage(
      SiteId site, PortalImage.Use use, PortalImage image, List<String> removed) {}
}
