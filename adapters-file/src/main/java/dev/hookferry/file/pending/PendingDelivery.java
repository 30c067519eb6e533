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

/**
 * A pending delivery, as it is known without reading its event.
 *
 * @param id its identity
 * @param site whose
 * @param type the event's type
 * @param endpoint where it goes
 * @param attempts how many were made
 * @param createdAt when it came to be
 * @param dueAt when it is due
 * @param event where its event stands
 * @param payloadSize how many bytes its payload has
 * @param suspicion what is held against it
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
    CrashSuspicion suspicion) {

  /** A delivery that has become pending. */
  public static PendingDelivery of(Delivery delivery, RecordPosition event, int payloadSize) {
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
        CrashSuspicion.NONE);
  }

  /** The same, with this held against it. */
  public PendingDelivery with(CrashSuspicion changed) {
    return new PendingDelivery(
        id, site, type, endpoint, attempts, createdAt, dueAt, event, payloadSize, changed);
  }

  /** The whole delivery. */
  public Delivery delivery(EventId eventId) {
    return new Delivery(
        id, site, eventId, type, endpoint, DeliveryState.PENDING, attempts, createdAt, dueAt, null);
  }
}
