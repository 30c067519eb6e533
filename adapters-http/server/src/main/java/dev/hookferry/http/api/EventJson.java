package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.Events;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.id.EventId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes events as JSON. */
public final class EventJson {
  /** An event of a list, without its payload. */
  public static final ResponseShape<Event> EVENT =
      ResponseShape.<Event>of("Event")
          .always(
              FieldSpec.of("id", FieldKind.text(), "The event's id.")
                  .example("evt_01m89rmshbe00b8jhew46a2pfn"),
              Event::id)
          .always(
              FieldSpec.of("type", FieldKind.text(), "The event's type.")
                  .example("license_created"),
              Event::type)
          .always(
              FieldSpec.of("occurredAt", FieldKind.time(), "When it happened."), Event::occurredAt)
          .always(
              FieldSpec.of("acceptedAt", FieldKind.time(), "When it was accepted."),
              Event::acceptedAt);

  private EventJson() {}

  /** Writes an event with its stored payload, spliced in unchanged, and its deliveries. */
  static void write(JsonGenerator json, Events.Seen seen, DeliveryJson deliveries)
      throws IOException {
    json.writeStartObject();
    EVENT.writeFields(json, seen.event());
    json.writeFieldName("payload");
    json.writeRawValue(seen.event().payload().text());
    JsonOutput.array(json, "deliveries", deliveries::write, seen.deliveries());
    json.writeEndObject();
  }

  /** Returns the deliveries of an event that was resent. */
  static JsonOutput.Writing replayed(EventId id, List<Delivery> again, DeliveryJson deliveries) {
    return json -> {
      json.writeStartObject();
      JsonOutput.text(json, "id", id);
      JsonOutput.array(json, "deliveries", deliveries::write, again);
      json.writeEndObject();
    };
  }

  /** Writes the receipt that a producer gets for an event. */
  static void write(JsonGenerator json, Receipt receipt) throws IOException {
    json.writeStartObject();
    JsonOutput.text(json, "id", receipt.id());
    json.writeNumberField("deliveries", receipt.deliveries());
    json.writeEndObject();
  }

  /** Returns the bytes of one receipt, the most frequent reply. Fast path: ids need no escaping. */
  static byte[] bytes(Receipt receipt) {
    String text = "{\"id\":\"" + receipt.id() + "\",\"deliveries\":" + receipt.deliveries() + "}";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
