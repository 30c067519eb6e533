package dev.hookferry.delivery;

import java.time.Instant;
import java.util.Objects;

/**
 * An ordering key of an endpoint that a delivery without retries left blocks.
 *
 * @param delivery the delivery that blocks it
 * @param waiting how many deliveries wait behind that one, 0 to {@value #MAX_WAITING}; counting
 *     stops there, so that its cost is bounded
 */
public record BlockedKey(Delivery delivery, int waiting) {
  /** The number of deliveries at which counting stops: {@value}. */
  public static final int MAX_WAITING = 1_000;

  /**
   * Checks the delivery.
   *
   * @throws IllegalArgumentException if it has no ordering key, or the number is out of range
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
