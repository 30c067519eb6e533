package dev.hookferry.file.pending;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.file.record.RecordPosition;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pending delivery, as far as it is known without reading its event.
 *
 * @param id its id
 * @param site its site
 * @param type type of the event
 * @param endpoint the endpoint it is sent to
 * @param attempts number of attempts made
 * @param createdAt time of creation
 * @param dueAt time when it is due
 * @param event position of its event
 * @param payloadSize size of the payload in bytes
 * @param suspicion crash suspicion
 * @param turn its turn among deliveries with the same ordering key; null if it has none
 */
public record PendingDelivery(
    DeliveryId id,
    SiteId site,
    EventType type,
    EndpointId endpoint,
    int attempts,
    Instant createdAt,
    Instant dueAt,
    RecordPosition event,
    int payloadSize,
    CrashSuspicion suspicion,
    @Nullable KeyTurn turn) {

  /** Returns the row of a delivery that has become pending, without suspicion. */
  public static PendingDelivery of(Delivery delivery, RecordPosition event, int payloadSize) {
    return of(delivery, event, payloadSize, 0);
  }

  /**
   * Returns the row of a delivery that has become pending, without suspicion.
   *
   * @param position its position among deliveries with the same ordering key
   */
  public static PendingDelivery of(
      Delivery delivery, RecordPosition event, int payloadSize, long position) {
    String key = delivery.orderingKey();
    return new PendingDelivery(
        delivery.id(),
        delivery.site(),
        delivery.type(),
        delivery.endpoint(),
        delivery.attempts(),
        delivery.createdAt(),
        delivery.dueAt(),
        event,
        payloadSize,
        CrashSuspicion.NONE,
        key == null ? null : new KeyTurn(key, position, delivery.state()));
  }

  /** Returns this delivery with another crash suspicion. */
  public PendingDelivery with(CrashSuspicion changed) {
    return new PendingDelivery(
        id, site, type, endpoint, attempts, createdAt, dueAt, event, payloadSize, changed, turn);
  }

  /** Returns the complete delivery. */
  public Delivery delivery(EventId eventId) {
    return new Delivery(
        id,
        site,
        eventId,
        type,
        endpoint,
        turn == null ? DeliveryState.PENDING : turn.state(),
        attempts,
        createdAt,
        dueAt,
        null,
        turn == null ? null : turn.key());
  }
}
