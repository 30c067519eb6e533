package dev.hookferry.id;

import java.util.Objects;
import java.util.UUID;

/**
 * Id of a delivery, written {@code dlv_…}.
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

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
