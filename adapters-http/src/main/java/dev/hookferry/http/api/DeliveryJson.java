package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.wire.JsonOutput;
import java.io.IOException;
import java.util.List;

/** Deliveries as JSON. */
final class DeliveryJson {
  private DeliveryJson() {}

  /** A delivery. */
  static void write(JsonGenerator json, Delivery delivery) throws IOException {
    json.writeStartObject();
    fields(json, delivery);
    json.writeEndObject();
  }

  /** A delivery with its log, oldest attempt first. */
  static JsonOutput.Writing withLog(Delivery delivery, List<Attempt> log) {
    return json -> {
      json.writeStartObject();
      fields(json, delivery);
      JsonOutput.array(json, "log", AttemptJson::write, log);
      json.writeEndObject();
    };
  }

  private static void fields(JsonGenerator json, Delivery delivery) throws IOException {
    boolean pending = delivery.state() == DeliveryState.PENDING;
    JsonOutput.text(json, "id", delivery.id());
    JsonOutput.text(json, "event", delivery.event());
    JsonOutput.text(json, "eventType", delivery.type());
    JsonOutput.text(json, "endpoint", delivery.endpoint());
    JsonOutput.text(json, "status", delivery.state().word());
    json.writeNumberField("attempts", delivery.attempts());
    JsonOutput.time(json, "createdAt", delivery.createdAt());
    JsonOutput.time(json, "nextAttemptAt", pending ? delivery.dueAt() : null);
    JsonOutput.time(json, "settledAt", delivery.settledAt());
  }
}
