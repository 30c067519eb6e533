package dev.hookferry.delivery;

import java.time.Instant;
import java.util.Objects;

/**
 * An ordering key of an endpoint, blocked by a delivery that has run out of retries.
 *
 * @param delivery the delivery that blocks it
 * @param waiting number of deliveries that wait behind it, 0 to {@value #MAX_WAITING}; counting
 *     stops there, which bounds its cost
 */
public record BlockedKey(Delivery delivery, int waiting) {
  /** The number of deliveries at which counting stops: {@value}. */
  public static final int MAX_WAITING = 1_000;

  /**
   * Creates a blocked key.
   *
   * @throws IllegalArgumentException if the delivery has no ordering key, or {@code waiting} is out
   *     of range
   */
  public BlockedKey {
    Objects.requireNonNull(delivery, "delivery");
    if (delivery.orderingKey() == null) {
      throw new IllegalArgumentException(delivery.id() + " has no ordering key");
    }
    if (waiting < 0 || waiting > MAX_WAITING) {
      throw new IllegalArgumentException("waiting must be 0 to " + MAX_WAITING);
    }
  }

  /** Returns the key. */
  public String orderingKey() {
    return Objects.requireNonNull(delivery.orderingKey());
  }

  /** Returns when it was blocked, by the store's clock. */
  public Instant since() {
    return delivery.dueAt();
  }
}
