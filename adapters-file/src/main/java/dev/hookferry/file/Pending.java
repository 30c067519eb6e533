package dev.hookferry.file;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Suspicion;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.event.EventId;
import dev.hookferry.event.EventType;
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
record Pending(
    DeliveryId id,
    SiteId site,
    EventType type,
    EndpointId endpoint,
    int attempts,
    Instant createdAt,
    Instant dueAt,
    Place event,
    int payloadSize,
    Suspicion suspicion) {

  /** A delivery that has become pending. */
  static Pending of(Delivery delivery, Place event, int payloadSize) {
    return new Pending(
        delivery.id(),
        delivery.site(),
        delivery.type(),
        delivery.endpoint(),
        delivery.attempts(),
        delivery.createdAt(),
        delivery.dueAt(),
        event,
        payloadSize,
        Suspicion.NONE);
  }

  /** The same, with this held against it. */
  Pending with(Suspicion changed) {
    return new Pending(
        id, site, type, endpoint, attempts, createdAt, dueAt, event, payloadSize, changed);
  }

  /** The whole delivery. */
  Delivery delivery(EventId eventId) {
    return new Delivery(
        id, site, eventId, type, endpoint, DeliveryState.PENDING, attempts, createdAt, dueAt, null);
  }
}
