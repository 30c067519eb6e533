package dev.hookferry.store.transfer;

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
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.store.ConfigEntry;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredAuditEntry;
import dev.hookferry.store.transfer.TransferRecord.StoredConfig;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import dev.hookferry.store.transfer.TransferRecord.StoredReplay;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;

/** Parses the texts of {@link RecordText}. */
final class RecordParser {
  /** Suffix of a member whose bytes are not UTF-8. */
  static final String BASE64 = "Base64";

  private RecordParser() {}

  static TransferRecord read(JsonMembers members) {
    String kind = members.text("kind");
    return switch (kind) {
      case "replay" -> new StoredReplay(replay(members));
      case "audit" -> new StoredAuditEntry(AuditText.read(members));
      case "tally" -> new StoredTally(tally(members), members.text("storedAt", Instant::parse));
      case "event" -> new StoredEvent(event(members), integer(members, "receipt"));
      case "delivery" -> delivery(members);
      case "attempt" ->
          new StoredAttempt(attempt(members), members.text("acceptedAt", Instant::parse));
      default -> config(kind, members);
    };
  }

  private static StoredConfig config(String kind, JsonMembers members) {
    ConfigChange change = ConfigEntry.readValue(ConfigEntry.Kind.fromCode(kind), members);
    return ConfigEntry.of(change)
        .filter(entry -> entry.text() != null)
        .map(StoredConfig::new)
        .orElseThrow(() -> new IllegalArgumentException("value is missing"));
  }

  private static ReplayStore.ReplayEntry replay(JsonMembers members) {
    return new ReplayStore.ReplayEntry(
        members.text("id", UUID::fromString), members.number("revision"), members.text("text"));
  }

  private static TallyStore.Tally tally(JsonMembers members) {
    return new TallyStore.Tally(
        members.text("writer", UUID::fromString),
        members.text("name"),
        members.text("from", Instant::parse),
        members.text("until", Instant::parse),
        members.text("text"));
  }

  private static Event event(JsonMembers members) {
    Fingerprint fingerprint = members.textOrNull("fingerprint", Fingerprint::new);
    String key = members.textOrNull("key", Function.identity());
    EventOptions options = members.objectOrNull("options", EventOptions::read);
    return new Event(
        members.text("id", EventId::new),
        members.text("site", SiteId::new),
        members.text("type", EventType::new),
        members.text("occurredAt", Instant::parse),
        members.text("acceptedAt", Instant::parse),
        bytes(members, "payload"),
        fingerprint == null ? null : new Idempotence(key, fingerprint),
        options == null ? EventOptions.NONE : options);
  }

  private static StoredDelivery delivery(JsonMembers members) {
    Delivery delivery =
        new Delivery(
            members.text("id", DeliveryId::parse),
            members.text("site", SiteId::new),
            members.text("event", EventId::new),
            members.text("type", EventType::new),
            members.text("endpoint", EndpointId::parse),
            members.text("state", word -> DeliveryState.fromCode(word).orElseThrow()),
            integer(members, "attempts"),
            members.text("createdAt", Instant::parse),
            members.text("dueAt", Instant::parse),
            members.textOrNull("settledAt", Instant::parse),
            members.textOrNull("orderingKey", Function.identity()));
    Long position = members.numberOrNull("position");
    return new StoredDelivery(
        delivery,
        members.text("suspicion", word -> CrashSuspicion.fromCode(word).orElseThrow()),
        integer(members, "payloadBytes"),
        position == null ? 0 : position);
  }

  private static Attempt attempt(JsonMembers members) {
    return new Attempt(
        members.text("id", AttemptId::parse),
        members.text("delivery", DeliveryId::parse),
        members.text("site", SiteId::new),
        members.text("endpoint", EndpointId::parse),
        members.text("event", EventId::new),
        members.text("type", EventType::new),
        integer(members, "number"),
        members.text("startedAt", Instant::parse),
        members.text("url"),
        outcome(members),
        members.textOrNull("sentAs", BodyVersion::parse));
  }

  private static Outcome outcome(JsonMembers members) {
    Timing timing = members.textOrNull("timing", Timing::parse);
    Duration took = Duration.ofMillis(members.number("tookMillis"));
    Long status = members.numberOrNull("status");
    return new Outcome(
        members.text("outcome", word -> OutcomeKind.fromCode(word).orElseThrow()),
        status == null ? null : response(Math.toIntExact(status), members),
        members.text("detail"),
        timing == null ? took : timing.total(),
        timing);
  }

  private static Response response(int status, JsonMembers members) {
    ResponseHeaders headers = members.textOrNull("headers", ResponseHeaders::new);
    return new Response(
        status,
        bytes(members, "body"),
        members.flag("truncated"),
        members.textOrNull("contentType", Function.identity()),
        members.textOrNull("retryAfter", Function.identity()),
        headers == null ? ResponseHeaders.NONE : headers);
  }

  private static Payload bytes(JsonMembers members, String name) {
    byte[] decoded = members.textOrNull(name + BASE64, Base64.getDecoder()::decode);
    return decoded == null ? Payload.of(members.text(name)) : Payload.wrap(decoded);
  }

  private static int integer(JsonMembers members, String name) {
    return Math.toIntExact(members.number(name));
  }
}
