package dev.hookferry.site;

import dev.hookferry.event.Payload;
import dev.hookferry.internal.image.CleanedImage;
import dev.hookferry.internal.image.PngCleaner;
import dev.hookferry.internal.image.SvgCleaner;
import dev.hookferry.refusal.InvalidException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A product's image for its customers' portal. {@link #clean} creates one from an uploaded file and
 * removes anything that could harm viewers.
 *
 * @param format the format of the file
 * @param content the file
 * @param width width in pixels, or in an SVG's own units
 * @param height height in the same unit as the width
 */
public record PortalImage(Format format, Payload content, int width, int height) {
  /** Maximum size of an uploaded image in bytes. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final int SHOWN = 16;

  public PortalImage {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(content, "content");
  }

  /** Use of an image. */
  public enum Use {
    /** Logo for light pages; also for dark pages if they have no separate logo. */
    LOGO_LIGHT,
    /** Logo for dark pages; also for light pages if they have no separate logo. */
    LOGO_DARK,
    /** Icon in the browser's tab. */
    ICON;

    /** Returns the code used in the API, such as {@code logo-light}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Parses the code used in the API; empty if unknown. */
    public static Optional<Use> fromCode(String word) {
      Objects.requireNonNull(word, "word");
      return Stream.of(values()).filter(use -> use.code().equals(word)).findFirst();
    }
  }

  /** File format. */
  public enum Format {
    /** PNG, a raster image. */
    PNG("image/png"),
    /** SVG, a vector image. */
    SVG("image/svg+xml");

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }

    /** Returns the media type. */
    public String contentType() {
      return contentType;
    }

    /** Returns the file name extension, without the dot. */
    public String extension() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Result of cleaning an uploaded image.
   *
   * @param image the cleaned image
   * @param removed the names of the parts that were removed, such as {@code script}; usually empty
   */
  public record Cleaned(PortalImage image, List<String> removed) {
    public Cleaned {
      Objects.requireNonNull(image, "image");
      removed = List.copyOf(Objects.requireNonNull(removed, "removed"));
    }
  }

  /**
   * Cleans an uploaded file, which must be a PNG or an SVG in UTF-8.
   *
   * @throws InvalidException with the field {@code image} if the file is neither, is too large, or
   *     cannot be cleaned
   */
  public static Cleaned clean(Payload uploaded) {
    Objects.requireNonNull(uploaded, "uploaded");
    requireSize(uploaded.size());
    byte[] file = uploaded.unsafeBytes();
    Format format = PngCleaner.isPng(file) ? Format.PNG : Format.SVG;
    CleanedImage cleaned = format == Format.PNG ? PngCleaner.clean(file) : SvgCleaner.clean(file);
    requireSize(cleaned.content().size());
    return new Cleaned(
        new PortalImage(format, cleaned.content(), cleaned.width(), cleaned.height()),
        cleaned.removed());
  }

  private static void requireSize(int size) {
    if (size == 0 || size > MAX_BYTES) {
      throw InvalidException.of(
          "image", "must have 1 to " + MAX_BYTES + " bytes (got " + size + ")");
    }
  }

  /** Returns the first 32 hexadecimal digits of the SHA-256 of the file. */
  public String hash() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.unsafeBytes());
      return HexFormat.of().formatHex(digest, 0, SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the format, size and hash. */
  @Override
  public String toString() {
    return format.extension() + " of " + content.size() + " bytes, SHA-256 " + hash() + "…";
  }
}
