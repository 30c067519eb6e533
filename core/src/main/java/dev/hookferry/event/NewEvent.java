package dev.hookferry.event;

import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a producer hands in.
 *
 * @param type a type that the site knows
 * @param data the affected object: one JSON value in UTF-8 (see {@link JsonValidator}), passed on
 *     byte for byte
 * @param id the producer's own id, or null to get one
 * @param occurredAt when it happened, or null for now
 * @param idempotencyKey the producer's key for safe repeats, or null
 */
public record NewEvent(
    EventType type,
    Payload data,
    @Nullable EventId id,
    @Nullable Instant occurredAt,
    @Nullable String idempotencyKey) {

  /** An event that happened now, with an id made here. */
  public static NewEvent of(String type, String json) {
    return new NewEvent(new EventType(type), Payload.of(json), null, null, null);
  }

  /** The same with the producer's own id, which makes a repeat harmless. */
  public NewEvent withId(String id) {
    return new NewEvent(type, data, new EventId(id), occurredAt, idempotencyKey);
  }

  /** How a repeat of this is known, or null if it cannot be. */
  public @Nullable Idempotence idempotence() {
    return id == null && idempotencyKey == null
        ? null
        : new Idempotence(idempotencyKey, Fingerprint.of(type, occurredAt, data));
  }
}
