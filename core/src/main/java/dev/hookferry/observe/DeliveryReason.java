package dev.hookferry.observe;

import dev.hookferry.delivery.Delivery;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a delivery has not ended yet, or how it ended. Immutable.
 *
 * @param text a phrase for people; never empty
 * @param nextAttemptAt when its next attempt is expected, never in the past; null if it is due now,
 *     held, or has ended
 */
public record DeliveryReason(String text, @Nullable Instant nextAttemptAt) {
  public DeliveryReason {
    Objects.requireNonNull(text, "text");
  }

  /** Returns the reason for a final delivery. */
  static DeliveryReason ended(Delivery delivery) {
    return new DeliveryReason(
        switch (delivery.state()) {
          case DELIVERED -> "delivered";
          case EXHAUSTED -> "exhausted: no retries left";
          case POISONED -> "poisoned: it crashed the process twice";
          case CANCELLED -> "cancelled";
          case PENDING, HELD -> throw new IllegalArgumentException(delivery + " has not ended");
        },
        null);
  }

  /** Returns the reason for a delivery whose endpoint no longer exists. */
  public static DeliveryReason withoutEndpoint(Delivery delivery) {
    Objects.requireNonNull(delivery, "delivery");
    return delivery.state().isFinal()
        ? ended(delivery)
        : new DeliveryReason("endpoint removed: about to be cancelled", null);
  }
}
