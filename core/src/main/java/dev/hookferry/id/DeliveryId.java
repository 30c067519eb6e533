package dev.hookferry.id;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Id of a delivery; in text {@code dlv_…}.
 *
 * @param value time-ordered
 */
public record DeliveryId(UUID value) {
  private static final String PREFIX = "dlv_";

  public DeliveryId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Parses the textual form.
   *
   * @throws dev.hookferry.refusal.InvalidException if the text is malformed
   */
  public static DeliveryId parse(String text) {
    Objects.requireNonNull(text, "text");
    return new DeliveryId(IdText.read(PREFIX, text));
  }

  /** Handwritten: the generated one is slow until it is compiled, and each event needs several. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof DeliveryId that && value.equals(that.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
