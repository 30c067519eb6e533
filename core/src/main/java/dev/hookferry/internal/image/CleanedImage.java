package dev.hookferry.internal.image;

import dev.hookferry.event.Payload;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * A sanitized image that is safe to show to anyone.
 *
 * @param content the sanitized file
 * @param width in pixels; for an SVG, in its user units
 * @param height in the same unit as the width
 * @param removed the names of the parts that were removed, such as {@code script}; empty if no
 *     removed part matters
 */
public record CleanedImage(Payload content, int width, int height, List<String> removed) {
  public CleanedImage {
    Objects.requireNonNull(content, "content");
    removed = List.copyOf(removed);
  }

  static CleanedImage of(byte[] content, double width, double height, Collection<String> removed) {
    return new CleanedImage(
        Payload.wrap(content),
        (int) Math.ceil(width),
        (int) Math.ceil(height),
        removed.stream().sorted().toList());
  }
}
