package dev.hookferry.internal.image;

import dev.hookferry.event.Payload;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * An image without anything that could harm those who see it.
 *
 * @param content the sanitized file
 * @param width in pixels; for an SVG, of its own units
 * @param height in the same unit as the width
 * @param removed the names of the parts that were left out, such as {@code script}; empty if
 *     nothing important was
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
