package dev.hookferry.file.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.hookferry.body.BodyVersion;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
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
import dev.hookferry.file.line.InstantText;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.record.JournalRecord.CommitRecord;
import dev.hookferry.file.record.JournalRecord.EventRecord;
import dev.hookferry.file.record.JournalRecord.HeaderRecord;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses the JSON of one record written by {@link RecordWriter}. */
public final class RecordReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final byte[] line;
  private final int start;
  private final int end;
  private final boolean withPayload;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final List<DeliveryFields> queued = new ArrayList<>();
  private @Nullable DeliveryFields delivery;
  private @Nullable Payload payload;

  private RecordReader(byte[] line, int start, int end, boolean withPayload) {
    this.line = line;
    this.start = start;
    this.end = end;
    this.withPayload = withPayload;
  }

  /**
   * Parses a record.
   *
   * @param line array that holds the record
   * @param start offset of the first byte of the JSON
   * @param end offset after the last byte of the JSON
   * @param withPayload whether to read an event's payload
   * @throws IOException if this version does not support the record
   */
  public static JournalRecord read(byte[] line, int start, int end, boolean withPayload)
      throws IOException {
    RecordReader reader = new RecordReader(line, start, end, withPayload);
    try (JsonParser json = JSON.createParser(line, start, end - start)) {
      return reader.read(json);
    } catch (RuntimeException e) {
      throw new IOException("this version cannot read the record: " + e.getMessage(), e);
    }
  }

  private JournalRecord read(JsonParser json) throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (name.equals("payload")) {
        payload = withPayload ? last(number("bytes")) : Payload.empty();
        break;
      }
      member(name, json);
    }
    return switch (text("kind")) {
      case "event" -> event();
      case "attempt", "delivery" -> change();
      case "commit" -> new CommitRecord((int) number("records"));
      case "segment" -> header();
      default -> throw new IOException("unknown record kind, \"" + text("kind") + '"');
    };
  }

  /** Returns the payload, which ends before the last brace of the record. */
  private Payload last(long size) throws IOException {
    int to = end - 1;
    if (size < 0 || size > to - start) {
      throw new IOException("its payload size does not match the size it declares");
    }
    return Payload.wrap(Arrays.copyOfRange(line, to - (int) size, to));
  }

  private void member(String name, JsonParser json) throws IOException {
    JsonToken value = json.nextToken();
    if (value == JsonToken.VALUE_STRING) {
      texts.put(name, json.getText());
    } else if (value == JsonToken.VALUE_NUMBER_INT) {
      numbers.put(name, json.getLongValue());
    } else if (value == JsonToken.VALUE_TRUE) {
      numbers.put(name, 1L);
    } else if (value == JsonToken.START_OBJECT && name.equals("options")) {
      int from = start + (int) json.currentTokenLocation().getByteOffset();
      json.skipChildren();
      int to = start + (int) json.currentLocation().getByteOffset();
      texts.put(name, new String(line, from, to - from, StandardCharsets.US_ASCII));
    } else if (value == JsonToken.START_OBJECT && name.equals("delivery")) {
      delivery = DeliveryFields.read(json);
    } else if (value == JsonToken.START_ARRAY && name.equals("deliveries")) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        queued.add(DeliveryFields.read(json));
      }
    } else {
      json.skipChildren();
    }
  }

  private EventRecord event() {
    SiteId site = new SiteId(text("site"));
    EventId id = new EventId(text("id"));
    EventType type = new EventType(text("type"));
    Instant accepted = InstantText.read(text("acceptedAt"));
    String fingerprint = texts.get("fingerprint");
    Idempotence idempotence =
        fingerprint == null
            ? null
            : new Idempotence(texts.get("key"), new Fingerprint(fingerprint));
    Payload kept = payload == null ? bytes("payload") : payload;
    Instant occurred = InstantText.read(text("occurredAt"));
    EventOptions options = EventOptions.parse(texts.get("options"));
    Event event = new Event(id, site, type, occurred, accepted, kept, idempotence, options);
    List<Delivery> deliveries =
        queued.stream().map(fields -> fields.queued(site, id, type, accepted)).toList();
    return new EventRecord(
        event, (int) number("bytes"), deliveries, numbers.getOrDefault("position", 0L));
  }

  private ChangeRecord change() {
    DeliveryFields fields = need(delivery, "delivery");
    Delivery changed = fields.changed();
    Attempt attempt = text("kind").equals("attempt") ? attempt(changed) : null;
    return new ChangeRecord(
        changed, fields.eventSequence(), attempt, fields.suspicion(), fields.position());
  }

  private Attempt attempt(Delivery changed) {
    String timing = texts.get("timing");
    Outcome outcome =
        new Outcome(
            OutcomeKind.fromCode(text("outcome")).orElseThrow(),
            numbers.containsKey("status") ? response() : null,
            texts.getOrDefault("detail", ""),
            Duration.ofNanos(number("tookNanos")),
            timing == null ? null : Timing.parse(timing));
    return new Attempt(
        AttemptId.parse(text("id")),
        changed.id(),
        changed.site(),
        changed.endpoint(),
        changed.event(),
        changed.type(),
        (int) number("number"),
        InstantText.read(text("startedAt")),
        text("url"),
        outcome,
        BodyVersion.parse(texts.get("sentAs")));
  }

  private Response response() {
    String headers = texts.get("headers");
    return new Response(
        (int) number("status"),
        bytes("body"),
        numbers.containsKey("truncated"),
        texts.get("contentType"),
        texts.get("retryAfter"),
        headers == null ? ResponseHeaders.NONE : new ResponseHeaders(headers));
  }

  private HeaderRecord header() throws IOException {
    long format = number("format");
    // A newer format declares the oldest format whose readers understand it. The current format is
    // the oldest.
    long readableBy = numbers.getOrDefault("readableBy", format);
    if (format < RecordWriter.FORMAT || readableBy > RecordWriter.FORMAT) {
      throw new IOException(
          "its format is "
              + format
              + ", and this version reads "
              + RecordWriter.FORMAT
              + "; start the version of Hookferry that wrote it, or a newer one");
    }
    return new HeaderRecord(
        (int) number("number"), number("first"), numbers.getOrDefault("last", 0L));
  }

  /** Returns bytes that were written as text or as Base64; empty if the member is absent. */
  private Payload bytes(String name) {
    String base64 = texts.get(name + "Base64");
    String text = texts.getOrDefault(name, texts.get(name + "Text"));
    if (base64 != null) {
      return Payload.wrap(Base64.getDecoder().decode(base64));
    }
    return text == null ? Payload.empty() : Payload.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private String text(String name) {
    return need(texts.get(name), name);
  }

  private long number(String name) {
    return need(numbers.get(name), name);
  }

  /**
   * Returns the value of a required member.
   *
   * @throws IllegalArgumentException if the value is null
   */
  public static <T> T need(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("\"" + name + "\" is missing");
    }
    return value;
  }
}
