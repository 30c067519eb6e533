package dev.hookferry.spring;

import dev.hookferry.event.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects of the application as JSON. By default the application's Jackson mapper does; a
 * bean of this type replaces it. Thread-safe.
 */
@FunctionalInterface
public interface PayloadWriter {
  /**
   * Returns the JSON of an object, or {@code null} as JSON for null.
   *
   * @throws IllegalArgumentException if the object cannot be written as JSON
   */
  Payload write(@Nullable Object data);
}
