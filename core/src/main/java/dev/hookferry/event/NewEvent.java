package dev.hookferry.event;

import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event as a producer submits it.
 *
 * @param type an event type known to the site
 * @param data the affected object: one JSON value in UTF-8 (see {@link JsonValidator}), passed on
 *     byte for byte
 * @param id the producer's own id, or null to have one generated
 * @param occurredAt when it happened, or null for now
 * @param idempotencyKey the producer's idempotency key, or null
 */
public record NewEvent(
    EventType type,
    Payload data,
    @Nullable EventId id,
    @Nullable Instant occurredAt,
    @Nullable String idempotencyKey) {
  public NewEvent {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(data, "data");
  }

  /** Creates an event that happened now, with a generated id. */
  public static NewEvent of(String type, String json) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(json, "json");
    return new NewEvent(new EventType(type), Payload.of(json), null, null, null);
  }

  /** Returns a copy with the producer's own id, which makes a repeated publish harmless. */
  public NewEvent withId(String id) {
    Objects.requireNonNull(id, "id");
    return new NewEvent(type, data, new EventId(id), occurredAt, idempotencyKey);
  }

  /** Returns how a repeat of this event is recognised, or null if it cannot be. */
  public @Nullable Idempotence idempotence() {
    return id == null && idempotencyKey == null
        ? null
        : new Idempotence(idempotencyKey, Fingerprint.of(type, occurredAt, data));
  }
}
