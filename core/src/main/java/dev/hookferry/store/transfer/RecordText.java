package dev.hookferry.store.transfer;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.Timing;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.Payload;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredAuditEntry;
import dev.hookferry.store.transfer.TransferRecord.StoredConfig;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import dev.hookferry.store.transfer.TransferRecord.StoredEvent;
import dev.hookferry.store.transfer.TransferRecord.StoredReplay;
import dev.hookferry.store.transfer.TransferRecord.StoredTally;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * Text form of a record: one JSON object on one line, in ASCII. Equal records have equal texts,
 * regardless of their store.
 */
public final class RecordText {
  private static final Writer WRITER = new Writer();

  private RecordText() {}

  /** Returns the text of a record. */
  public static String write(TransferRecord stored) {
    Objects.requireNonNull(stored, "stored");
    return stored.fold(WRITER);
  }

  /**
   * Parses the output of {@link #write}.
   *
   * @throws IllegalArgumentException if the text is damaged or was written by a newer version; the
   *     message names the member and shows no secret
   */
  public static TransferRecord read(String text) {
    Objects.requireNonNull(text, "text");
    return JsonMembers.parse(text, RecordParser::read);
  }

  private static final class Writer implements TransferRecord.Fold<String> {
    @Override
    public String config(StoredConfig config) {
      return config.entry().json();
    }

    @Override
    public String replay(StoredReplay stored) {
      ReplayStore.ReplayEntry replay = stored.replay();
      return of("replay")
          .text("id", replay.id().toString())
          .number("revision", replay.revision())
          .text("text", replay.text())
          .end();
    }

    @Override
    public String audit(StoredAuditEntry audit) {
      return AuditText.write(audit.entry(), of("audit")).end();
    }

    @Override
    public String tally(StoredTally stored) {
      TallyStore.Tally tally = stored.tally();
      return of("tally")
          .text("writer", tally.writer().toString())
          .text("name", tally.name())
          .text("from", time(tally.from()))
          .text("until", time(tally.until()))
          .text("storedAt", time(stored.storedAt()))
          .text("text", tally.text())
          .end();
    }

    @Override
    public String event(StoredEvent stored) {
      Event event = stored.event();
      Idempotence idempotence = event.idempotence();
      JsonWriter json =
          of("event")
              .text("site", event.site().value())
              .text("id", event.id().value())
              .text("type", event.type().name())
              .text("occurredAt", time(event.occurredAt()))
              .text("acceptedAt", time(event.acceptedAt()));
      if (idempotence != null) {
        json.text("key", idempotence.key()).text("fingerprint", idempotence.fingerprint().hex());
      }
      EventOptions options = event.options();
      json.object("options", options.isNone() ? null : options, EventOptions::write)
          .number("receipt", stored.receipt());
      return bytes(json, "payload", event.payload()).end();
    }

    @Override
    public String delivery(StoredDelivery stored) {
      Delivery delivery = stored.delivery();
      Instant settled = delivery.settledAt();
      return of("delivery")
          .text("site", delivery.site().value())
          .text("id", delivery.id().toString())
          .text("event", delivery.event().value())
          .text("type", delivery.type().name())
          .text("endpoint", delivery.endpoint().toString())
          .text("state", delivery.state().code())
          .number("attempts", delivery.attempts())
          .text("createdAt", time(delivery.createdAt()))
          .text("dueAt", time(delivery.dueAt()))
          .text("settledAt", settled == null ? null : time(settled))
          .text("suspicion", stored.suspicion().code())
          .number("payloadBytes", stored.payloadBytes())
          .text("orderingKey", delivery.orderingKey())
          .number("position", delivery.orderingKey() == null ? null : stored.position())
          .end();
    }

    @Override
    public String attempt(StoredAttempt stored) {
      Attempt attempt = stored.attempt();
      JsonWriter json =
          of("attempt")
              .text("site", attempt.site().value())
              .text("id", attempt.id().toString())
              .text("delivery", attempt.delivery().toString())
              .text("event", attempt.event().value())
              .text("type", attempt.type().name())
              .text("endpoint", attempt.endpoint().toString())
              .text("acceptedAt", time(stored.acceptedAt()))
              .number("number", attempt.number())
              .text("startedAt", time(attempt.startedAt()))
              .text("url", attempt.url())
              .text("sentAs", attempt.body() == null ? null : attempt.body().text());
      outcome(json, attempt.outcome());
      return json.end();
    }

    private static void outcome(JsonWriter json, Outcome outcome) {
      Timing timing = outcome.timing();
      json.text("outcome", outcome.kind().code())
          .text("detail", outcome.detail())
          .number("tookMillis", outcome.took().toMillis())
          .text("timing", timing == null ? null : timing.text());
      Response response = outcome.response();
      if (response != null) {
        json.number("status", response.status())
            .text("contentType", response.contentType())
            .text("retryAfter", response.retryAfter())
            .text("headers", response.headers().isEmpty() ? null : response.headers().text())
            .flag("truncated", response.truncated());
        JsonWriter unused = bytes(json, "body", response.body());
      }
    }

    private static JsonWriter of(String kind) {
      return new JsonWriter().text("kind", kind);
    }
  }

  /** Returns the time truncated to milliseconds, because stores need not keep more precision. */
  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /**
   * Writes bytes as text if they are UTF-8, so that the record is human-readable, and otherwise as
   * Base64.
   */
  private static JsonWriter bytes(JsonWriter json, String name, Payload payload) {
    byte[] bytes = payload.unsafeBytes();
    String text = payload.text();
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
        ? json.text(name, text)
        : json.text(name + RecordParser.BASE64, Base64.getEncoder().encodeToString(bytes));
  }
}
