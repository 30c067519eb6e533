package dev.hookferry.endpoint;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.field.FieldValues;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Order of the deliveries to an endpoint, and the effect of an exhausted delivery on it. */
public enum DeliveryOrder {
  /** No order: every delivery is sent as soon as possible. */
  NONE,
  /**
   * Deliveries with the same ordering key are sent one after the other. One that runs out of
   * retries blocks its key until a user retries or skips it.
   */
  BY_KEY,
  /**
   * Deliveries with the same ordering key are sent one after the other; exhausted ones are skipped.
   */
  BY_KEY_SKIPPING;

  /** Returns whether deliveries with the same ordering key are sent one after the other. */
  public boolean isByKey() {
    return this != NONE;
  }

  /**
   * Returns a delivery after it was given up, such as one out of retries: blocked if later ones
   * with its ordering key must wait for it, otherwise {@code ended}.
   *
   * @param ended the delivery to return if it does not block
   */
  public Delivery givenUp(Delivery delivery, Delivery ended, Instant now) {
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(ended, "ended");
    Objects.requireNonNull(now, "now");
    return this == BY_KEY && delivery.orderingKey() != null ? delivery.blocked(now) : ended;
  }

  /** Returns the value of the field {@code order}: none or by-key. */
  public String code() {
    return isByKey() ? "by-key" : "none";
  }

  /** Returns the value of the field {@code onExhaustion}: block or skip; null if unordered. */
  public @Nullable String onExhaustion() {
    return isByKey() ? this == BY_KEY ? "block" : "skip" : null;
  }

  /**
   * Returns the key of the queue that a delivery of an event with this ordering key joins; null if
   * it joins none.
   */
  public @Nullable String queueOf(@Nullable String orderingKey) {
    return isByKey() ? orderingKey : null;
  }

  /** Returns a copy of the values with {@code order} and, if ordered, {@code onExhaustion}. */
  FieldValues addTo(FieldValues values) {
    FieldValues changed = values.with(EndpointFields.ORDER, code());
    String ended = onExhaustion();
    return ended == null ? changed : changed.with(EndpointFields.ON_EXHAUSTION, ended);
  }

  /**
   * Returns the order after a change.
   *
   * @param order the new value of the field {@code order}, or null to keep it
   * @param onExhaustion the new value of the field {@code onExhaustion}, or null to keep it
   */
  public DeliveryOrder changed(@Nullable String order, @Nullable String onExhaustion) {
    boolean byKey = order == null ? isByKey() : order.equals("by-key");
    if (!byKey) {
      return NONE;
    }
    String ended = onExhaustion == null ? onExhaustion() : onExhaustion;
    return "skip".equals(ended) ? BY_KEY_SKIPPING : BY_KEY;
  }
}
