package dev.hookferry.event;

import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An accepted event. Immutable; stored once and never changed.
 *
 * @param id unique within the site
 * @param site the site that it belongs to
 * @param type the event type
 * @param occurredAt when it happened according to the producer; the time of acceptance if the
 *     producer gave none
 * @param acceptedAt when it was accepted
 * @param payload the request body that receivers get, byte for byte
 * @param idempotence how a repeated publish is recognised, or null if the producer gave neither id
 *     nor key
 */
public record Event(
    EventId id,
    SiteId site,
    EventType type,
    Instant occurredAt,
    Instant acceptedAt,
    Payload payload,
    @Nullable Idempotence idempotence) {
  public Event {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(occurredAt, "occurredAt");
    Objects.requireNonNull(acceptedAt, "acceptedAt");
    Objects.requireNonNull(payload, "payload");
  }
}
