package dev.hookferry.id;

import java.util.UUID;

/**
 * The identity of a delivery, {@code dlv_…} in text.
 *
 * @param value time-ordered
 */
public record DeliveryId(UUID value) {
  private static final String PREFIX = "dlv_";

  /** Reads the textual form; refuses any other text. */
  public static DeliveryId parse(String text) {
    return new DeliveryId(IdText.read(PREFIX, text));
  }

  @Override
  public String toString() {
    return IdText.write(PREFIX, value);
  }
}
