package dev.hookferry.file.record;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.Payload;
import dev.hookferry.file.line.LineBuffer;
import dev.hookferry.file.line.TextBytes;
import dev.hookferry.file.record.JournalRecord.HeaderRecord;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.PublishEntry.Queued;
import java.time.Instant;
import java.util.List;

/** Writes records as JSON. Members that are absent or have their usual value are omitted. */
public final class RecordWriter {
  /** Version of the record format. */
  public static final int FORMAT = 1;

  private final LineBuffer out;

  RecordWriter(LineBuffer out) {
    this.out = out;
  }

  void header(HeaderRecord header, Instant now) {
    out.plain("{").token("kind", "segment").number("format", FORMAT);
    out.number("number", header.number()).number("first", header.first());
    if (header.isRewritten()) {
      out.number("last", header.last());
    }
    out.time("at", now).plain("}");
  }

  void commit(int records, Instant now) {
    out.plain("{").token("kind", "commit").number("records", records).time("at", now).plain("}");
  }

  /**
   * Writes an event.
   *
   * @param position the position of deliveries with an ordering key; 0 if there are none
   */
  void event(Event event, List<Queued> deliveries, long position) {
    out.plain("{").token("kind", "event");
    out.token("site", event.site().value()).token("id", event.id().value());
    out.token("type", event.type().name());
    out.time("occurredAt", event.occurredAt()).time("acceptedAt", event.acceptedAt());
    Idempotence idempotence = event.idempotence();
    if (idempotence != null) {
      if (idempotence.key() != null) {
        out.text("key", idempotence.key());
      }
      out.token("fingerprint", idempotence.fingerprint().hex());
    }
    if (!event.options().isNone()) {
      out.name("options").plain(event.options().text());
    }
    out.name("deliveries").plain("[");
    for (int i = 0; i < deliveries.size(); i++) {
      out.plain(i == 0 ? "{" : ",{");
      queued(deliveries.get(i).delivery(), event.acceptedAt());
      out.plain("}");
    }
    out.plain("]");
    if (position != 0) {
      out.number("position", position);
    }
    payload(event.payload());
    out.plain("}");
  }

  private void queued(Delivery delivery, Instant accepted) {
    out.token("id", delivery.id().toString()).token("endpoint", delivery.endpoint().toString());
    if (!delivery.createdAt().equals(accepted)) {
      out.time("createdAt", delivery.createdAt());
    }
    if (!delivery.dueAt().equals(accepted)) {
      out.time("dueAt", delivery.dueAt());
    }
    if (delivery.orderingKey() != null) {
      out.text("orderingKey", delivery.orderingKey());
    }
  }

  /**
   * Writes the payload as the last member: verbatim if it fits on one line and begins like a JSON
   * object or array, else as a string, else as Base64.
   */
  private void payload(Payload payload) {
    byte[] bytes = payload.unsafeBytes();
    out.number("bytes", bytes.length);
    switch (TextBytes.of(bytes)) {
      case ONE_LINE -> {
        if (bytes.length > 1 && (bytes[0] == '{' || bytes[0] == '[')) {
          out.name("payload").raw(bytes);
        } else {
          out.utf8("payloadText", bytes);
        }
      }
      case TEXT -> out.utf8("payloadText", bytes);
      default -> out.base64("payloadBase64", bytes);
    }
  }

  void change(AttemptResult result, long eventSequence, long position) {
    out.plain("{").token("kind", "delivery");
    delivery(result.delivery(), eventSequence, result.suspicion(), position);
    out.plain("}");
  }

  void attempt(Attempt attempt, Delivery delivery, long eventSequence, long position) {
    out.plain("{").token("kind", "attempt").token("id", attempt.id().toString());
    out.number("number", attempt.number()).time("startedAt", attempt.startedAt());
    out.text("url", attempt.url());
    if (attempt.body() != null) {
      out.token("sentAs", attempt.body().text());
    }
    Outcome outcome = attempt.outcome();
    out.token("outcome", outcome.kind().code());
    if (!outcome.detail().isEmpty()) {
      out.text("detail", outcome.detail());
    }
    out.number("tookNanos", outcome.took().toNanos());
    if (outcome.timing() != null) {
      out.token("timing", outcome.timing().text());
    }
    if (outcome.response() != null) {
      response(outcome.response());
    }
    delivery(delivery, eventSequence, CrashSuspicion.NONE, position);
    out.plain("}");
  }

  private void response(Response response) {
    out.number("status", response.status());
    if (response.contentType() != null) {
      out.text("contentType", response.contentType());
    }
    if (response.retryAfter() != null) {
      out.text("retryAfter", response.retryAfter());
    }
    if (!response.headers().isEmpty()) {
      out.text("headers", response.headers().text());
    }
    if (response.truncated()) {
      out.name("truncated").plain("true");
    }
    byte[] body = response.body().unsafeBytes();
    if (TextBytes.of(body) == TextBytes.BINARY) {
      out.base64("bodyBase64", body);
    } else if (body.length > 0) {
      out.utf8("body", body);
    }
  }

  private void delivery(
      Delivery delivery, long eventSequence, CrashSuspicion suspicion, long position) {
    out.name("delivery").plain("{").token("id", delivery.id().toString());
    out.token("site", delivery.site().value()).token("event", delivery.event().value());
    out.number("eventLine", eventSequence).token("type", delivery.type().name());
    out.token("endpoint", delivery.endpoint().toString());
    out.token("state", delivery.state().code()).number("attempts", delivery.attempts());
    out.time("createdAt", delivery.createdAt()).time("dueAt", delivery.dueAt());
    Instant settled = delivery.settledAt();
    if (settled != null) {
      out.time("settledAt", settled);
    }
    if (suspicion != CrashSuspicion.NONE) {
      out.token("suspicion", suspicion.code());
    }
    if (delivery.orderingKey() != null && !delivery.state().isFinal()) {
      out.text("orderingKey", delivery.orderingKey()).number("position", position);
    }
    out.plain("}");
  }
}
