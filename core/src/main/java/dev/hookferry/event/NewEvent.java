package dev.hookferry.event;

import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event as a producer submits it: {@code NewEvent.of("license_created", json).id("order-7")}.
 * Immutable; each method returns a copy.
 */
public final class NewEvent {
  private final EventType type;
  private final Payload data;
  private final @Nullable EventId id;
  private final @Nullable Instant occurredAt;
  private final @Nullable String idempotencyKey;

  private NewEvent(
      EventType type,
      Payload data,
      @Nullable EventId id,
      @Nullable Instant occurredAt,
      @Nullable String idempotencyKey) {
    this.type = type;
    this.data = data;
    this.id = id;
    this.occurredAt = occurredAt;
    this.idempotencyKey = idempotencyKey;
  }

  /**
   * Returns an event that happens now and gets a generated id.
   *
   * @param type an event type known to the site
   * @param json the affected object: one JSON value, passed on byte for byte
   * @throws dev.hookferry.refusal.InvalidException if the type is not a valid name
   */
  public static NewEvent of(String type, String json) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(json, "json");
    return of(new EventType(type), Payload.of(json));
  }

  /**
   * Returns an event that happens now and gets a generated id.
   *
   * @param type an event type known to the site
   * @param data the affected object: one JSON value in UTF-8 (see {@link JsonValidator}), passed on
   *     byte for byte
   */
  public static NewEvent of(EventType type, Payload data) {
    return new NewEvent(
        Objects.requireNonNull(type, "type"),
        Objects.requireNonNull(data, "data"),
        null,
        null,
        null);
  }

  /**
   * Returns a copy with the producer's own id, which makes a repeated publish harmless. By default
   * one is generated.
   *
   * @throws dev.hookferry.refusal.InvalidException if the id is not valid
   */
  public NewEvent id(String own) {
    Objects.requireNonNull(own, "own");
    return id(new EventId(own));
  }

  /** Returns a copy with the producer's own id. */
  public NewEvent id(EventId own) {
    return new NewEvent(type, data, Objects.requireNonNull(own, "own"), occurredAt, idempotencyKey);
  }

  /** Returns a copy that happened at this time; by default it happens when it is accepted. */
  public NewEvent occurredAt(Instant when) {
    return new NewEvent(type, data, id, Objects.requireNonNull(when, "when"), idempotencyKey);
  }

  /** Returns a copy with other data. */
  public NewEvent data(Payload other) {
    return new NewEvent(
        type, Objects.requireNonNull(other, "other"), id, occurredAt, idempotencyKey);
  }

  /**
   * Returns a copy with an idempotency key: a second event of the site with this key is recognised
   * as a repeat. By default there is none.
   */
  public NewEvent idempotencyKey(String key) {
    return new NewEvent(type, data, id, occurredAt, Objects.requireNonNull(key, "key"));
  }

  /** Returns the event type. */
  public EventType type() {
    return type;
  }

  /** Returns the affected object. */
  public Payload data() {
    return data;
  }

  /** Returns the producer's own id, or null to have one generated. */
  public @Nullable EventId id() {
    return id;
  }

  /** Returns when it happened, or null for now. */
  public @Nullable Instant occurredAt() {
    return occurredAt;
  }

  /** Returns the idempotency key, or null if there is none. */
  public @Nullable String idempotencyKey() {
    return idempotencyKey;
  }

  /** Returns how a repeat of this event is recognised, or null if it cannot be. */
  public @Nullable Idempotence idempotence() {
    return id == null && idempotencyKey == null
        ? null
        : new Idempotence(idempotencyKey, Fingerprint.of(type, occurredAt, data));
  }

  /** Returns the type and the id, without the data. */
  @Override
  public String toString() {
    return "NewEvent[" + type + (id == null ? "" : ", " + id) + "]";
  }
}
