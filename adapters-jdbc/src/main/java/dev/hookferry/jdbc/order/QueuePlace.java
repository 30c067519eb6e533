package dev.hookferry.jdbc.order;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery's place in the queue of its ordering key.
 *
 * @param queue the id of the queue
 * @param position its position there
 */
public record QueuePlace(UUID queue, long position) {
  /** Due time of a delivery that waits for its turn: never. */
  public static final Instant WAITING = Instant.parse("9999-01-01T00:00:00Z");

  /**
   * Due time of a delivery that blocks its key: never. An index on due times finds such deliveries.
   */
  public static final Instant BLOCKED = Instant.parse("9998-01-01T00:00:00Z");

  /** Returns the place of a delivery at a position, or null if it has no ordering key. */
  public static @Nullable QueuePlace of(Delivery delivery, long position) {
    UUID queue = KeyQueueId.of(delivery);
    return queue == null ? null : new QueuePlace(queue, position);
  }

  /** Returns the due time of a waiting or blocked delivery; null in any other state. */
  public static @Nullable Instant parked(DeliveryState state) {
    return switch (state) {
      case WAITING -> WAITING;
      case BLOCKED -> BLOCKED;
      default -> null;
    };
  }

  /** Returns a due time; null if it marks a delivery as waiting or blocked. */
  public static @Nullable Instant due(@Nullable Instant dueAt) {
    return dueAt == null || dueAt.isBefore(BLOCKED) ? dueAt : null;
  }
}
