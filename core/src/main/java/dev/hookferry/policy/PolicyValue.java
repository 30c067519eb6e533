package dev.hookferry.policy;

import java.util.Objects;

/**
 * An effective setting with its origin.
 *
 * @param value the setting
 * @param origin where it comes from
 */
public record PolicyValue<T>(T value, PolicyOrigin origin) {
  public PolicyValue {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(origin, "origin");
  }
}
