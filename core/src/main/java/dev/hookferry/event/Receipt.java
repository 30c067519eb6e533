package dev.hookferry.event;

import dev.hookferry.id.EventId;
import java.util.Objects;

/**
 * Confirmation of a publish: the event is durable.
 *
 * @param id the event's id
 * @param deliveries number of endpoints that it is delivered to
 * @param repeated whether the event was already published and this repeats the first receipt
 */
public record Receipt(EventId id, int deliveries, boolean repeated) {
  public Receipt {
    Objects.requireNonNull(id, "id");
  }
}
