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
 * @param idempotence how a repeated publish is recognized, or null if the producer gave neither id
 *     nor key
 * @param options its optional fields; {@link EventOptions#NONE} if it has none
 */
public record Event(
    EventId id,
    SiteId site,
    EventType type,
    Instant occurredAt,
    Instant acceptedAt,
    Payload payload,
    @Nullable Idempotence idempotence,
    EventOptions options) {
  public Event {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(occurredAt, "occurredAt");
    Objects.requireNonNull(acceptedAt, "acceptedAt");
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(options, "options");
  }

  /** Creates an event without optional fields. */
  public Event(
      EventId id,
      SiteId site,
      EventType type,
      Instant occurredAt,
      Instant acceptedAt,
      Payload payload,
      @Nullable Idempotence idempotence) {
    this(id, site, type, occurredAt, acceptedAt, payload, idempotence, EventOptions.NONE);
  }

  /** Returns a copy with the given options. */
  public Event with(EventOptions changed) {
    Objects.requireNonNull(changed, "changed");
    return new Event(id, site, type, occurredAt, acceptedAt, payload, idempotence, changed);
  }

  /** Returns the approximate size: payload bytes plus characters of the optional fields. */
  public int size() {
    return payload.size() + options.size();
  }

  /** Returns whether it is scheduled for a time after its acceptance. */
  public boolean isScheduled() {
    Instant requested = options.deliverAt();
    return requested != null && requested.isAfter(acceptedAt);
  }

  /** Returns when it is due: the time of acceptance, or a later requested time. */
  public Instant dueAt() {
    Instant requested = options.deliverAt();
    return requested == null || requested.isBefore(acceptedAt) ? acceptedAt : requested;
  }
}
