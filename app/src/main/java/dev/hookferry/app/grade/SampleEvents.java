package dev.hookferry.app.grade;

import dev.hookferry.Events;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The payloads that a receiver is graded with.
 *
 * @param envelope the envelope of the site
 * @param type the event type
 * @param data the data, a JSON object
 */
public record SampleEvents(Envelope envelope, EventType type, String data) {
  /** The data of a test event. */
  public static final String DEFAULT_DATA = "{\"message\":\"This is a test.\"}";

  private static final EventType UNKNOWN = new EventType("hookferry_grade_unknown");

  /** Legal JSON that breaks receivers that parse before they verify. */
  private static final String UNUSUAL =
      """
      \t{ "decimal" :1.10, "exponent":1E+2, "beyond53bits":12345678901234567890,
       "escaped":"\\u00e9\\/\\uD83D\\uDE00",  "": null, "nested":[[[{}]], [ ] ],
       "text":"Zoë Müller, 株式会社, שלום, 😀" }
      """;

  /**
   * Checks the data.
   *
   * @throws InvalidException if it is not a JSON object, or is larger than half the maximum size of
   *     event data
   */
  public SampleEvents {
    Payload payload = Payload.of(data);
    JsonValidator.require("--data", payload);
    data = data.strip();
    if (!data.startsWith("{")) {
      throw InvalidException.of("--data", "must be a JSON object");
    }
    if (payload.size() > Events.MAX_DATA / 2) {
      throw InvalidException.of("--data", "must be at most " + Events.MAX_DATA / 2 + " bytes");
    }
  }

  Payload plain(Instant occurredAt) {
    return envelope.wrap(type, occurredAt, Payload.of(data));
  }

  /** Returns the plain event with another member in its data, for a body changed in transit. */
  Payload changed(Instant occurredAt) {
    return envelope.wrap(type, occurredAt, Payload.of(with("\"changed\"")));
  }

  Payload ofUnknownType(Instant occurredAt) {
    return envelope.wrap(UNKNOWN, occurredAt, Payload.of(data));
  }

  Payload unusual(Instant occurredAt) {
    return envelope.wrap(type, occurredAt, Payload.of(with(UNUSUAL)));
  }

  /** Returns an event with the maximum size of data that Hookferry accepts. */
  Payload large(Instant occurredAt) {
    int rest = Events.MAX_DATA - with("\"\"").getBytes(StandardCharsets.UTF_8).length;
    return envelope.wrap(type, occurredAt, Payload.of(with('"' + "x".repeat(rest) + '"')));
  }

  EventType typeOf(ReceiverCheck check) {
    return check == ReceiverCheck.UNKNOWN_TYPE ? UNKNOWN : type;
  }

  /** Returns the data with one more member at its end. */
  private String with(String value) {
    String rest = data.substring(0, data.length() - 1).stripTrailing();
    return rest + (rest.endsWith("{") ? "" : ",") + "\"hookferryGrade\":" + value + "}";
  }
}
