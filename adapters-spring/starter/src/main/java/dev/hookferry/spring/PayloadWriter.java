package dev.hookferry.spring;

import dev.hookferry.event.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Writes the application's objects as JSON. By default, the application's Jackson mapper does this;
 * a bean of this type replaces it. Thread-safe.
 */
@FunctionalInterface
public interface PayloadWriter {
  /**
   * Returns the JSON of an object; for null, the JSON literal {@code null}.
   *
   * @throws IllegalArgumentException if the object cannot be written as JSON
   */
  Payload write(@Nullable Object data);
}
