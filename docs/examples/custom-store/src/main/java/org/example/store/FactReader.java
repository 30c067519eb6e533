package org.example.store;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.body.BodyVersion;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.Fingerprint;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.Payload;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.AuditId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.Owner;
import dev.hookferry.store.ReplayStore;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Reads facts from the bytes that {@link FactWriter} wrote. */
final class FactReader {
  private final DataInputStream in;

  private FactReader(byte[] bytes) {
    in = new DataInputStream(new ByteArrayInputStream(bytes));
  }

  /**
   * Parses facts.
   *
   * @throws IOException if the bytes are not facts of this version
   */
  static List<Fact> read(byte[] bytes) throws IOException {
    FactReader reader = new FactReader(bytes);
    List<Fact> facts = new ArrayList<>();
    try {
      while (reader.in.available() > 0) {
        facts.add(reader.fact());
      }
    } catch (RuntimeException e) {
      throw new IOException("a value unknown to this version", e);
    }
    return facts;
  }

  private Fact fact() throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'E' -> new Fact.EventAccepted(in.readLong(), event(), list(() -> deliveryId()));
      case 'D' ->
          new Fact.DeliveryChanged(
              delivery(),
              parse(text -> new Owner(UUID.fromString(text))),
              parse(text -> CrashSuspicion.fromCode(text).orElseThrow()));
      case 'A' -> new Fact.AttemptMade(attempt());
      case 'P' ->
          new Fact.EventsPurged(
              list(() -> new Fact.EventName(parse(SiteId::new), parse(EventId::new))));
      case 'C' ->
          new Fact.ConfigSaved(
              in.readLong(),
              list(
                  () ->
                      new ConfigEntry(
                          parse(ConfigEntry.Kind::fromCode), text(), parse(SiteId::new), text())));
      case 'N' -> new Fact.AuditAppended(entry());
      case 'Q' -> new Fact.AuditPurged(time());
      case 'R' -> new Fact.ReplaySaved(new ReplayStore.ReplayEntry(uuid(), in.readLong(), text()));
      case 'X' -> new Fact.ReplayRemoved(uuid());
      default -> throw new IOException("a fact of the unknown kind " + kind);
    };
  }

  private Event event() throws IOException {
    EventId id = parse(EventId::new);
    SiteId site = parse(SiteId::new);
    EventType type = parse(EventType::new);
    Instant occurredAt = time();
    Instant acceptedAt = time();
    Payload payload = Payload.wrap(array(in.readInt()));
    Fingerprint fingerprint = parse(Fingerprint::new);
    String key = text();
    Idempotence idempotence = fingerprint == null ? null : new Idempotence(key, fingerprint);
    EventOptions options = EventOptions.parse(text());
    return new Event(id, site, type, occurredAt, acceptedAt, payload, idempotence, options);
  }

  private Delivery delivery() throws IOException {
    return new Delivery(
        deliveryId(),
        parse(SiteId::new),
        parse(EventId::new),
        parse(EventType::new),
        new EndpointId(uuid()),
        parse(text -> DeliveryState.fromCode(text).orElseThrow()),
        in.readInt(),
        time(),
        time(),
        in.readBoolean() ? time() : null,
        text());
  }

  private Attempt attempt() throws IOException {
    return new Attempt(
        new AttemptId(uuid()),
        deliveryId(),
        parse(SiteId::new),
        new EndpointId(uuid()),
        parse(EventId::new),
        parse(EventType::new),
        in.readInt(),
        time(),
        text(),
        outcome(),
        BodyVersion.parse(text()));
  }

  private Outcome outcome() throws IOException {
    OutcomeKind kind = parse(text -> OutcomeKind.fromCode(text).orElseThrow());
    String detail = text();
    Duration took = Duration.ofSeconds(in.readLong(), in.readInt());
    Timing timing = parse(Timing::parse);
    return new Outcome(kind, in.readBoolean() ? response() : null, detail, took, timing);
  }

  private Response response() throws IOException {
    return new Response(
        in.readInt(),
        Payload.wrap(array(in.readInt())),
        in.readBoolean(),
        text(),
        text(),
        parse(ResponseHeaders::new));
  }

  private AuditEntry entry() throws IOException {
    return new AuditEntry(
        new AuditId(uuid()),
        time(),
        new Actor(parse(KeyId::parse), text(), text()),
        parse(text -> AuditAction.fromCode(text).orElseThrow()),
        parse(SiteId::new),
        text(),
        parse(FieldChange::read));
  }

  private DeliveryId deliveryId() throws IOException {
    return new DeliveryId(uuid());
  }

  private Instant time() throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  private UUID uuid() throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }

  /** Reads a string or null. */
  private String text() throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(array(length), StandardCharsets.UTF_8);
  }

  /** Reads a string and parses it, or reads null. */
  private <T> T parse(Function<String, T> parser) throws IOException {
    String text = text();
    return text == null ? null : parser.apply(text);
  }

  private byte[] array(int length) throws IOException {
    return in.readNBytes(length);
  }

  private interface Part<T> {
    T read() throws IOException;
  }

  private <T> List<T> list(Part<T> part) throws IOException {
    int size = in.readInt();
    List<T> parts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      parts.add(part.read());
    }
    return parts;
  }
}
