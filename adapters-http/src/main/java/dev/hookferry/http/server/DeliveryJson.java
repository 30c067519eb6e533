package dev.hookferry.http.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
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
  static Json.Writing withLog(Delivery delivery, List<Attempt> log) {
    return json -> {
      json.writeStartObject();
      fields(json, delivery);
      Json.array(json, "log", AttemptJson::write, log);
      json.writeEndObject();
    };
  }

  private static void fields(JsonGenerator json, Delivery delivery) throws IOException {
    boolean pending = delivery.state() == DeliveryState.PENDING;
    Json.text(json, "id", delivery.id());
    Json.text(json, "event", delivery.event());
    Json.text(json, "eventType", delivery.type());
    Json.text(json, "endpoint", delivery.endpoint());
    Json.text(json, "status", delivery.state().word());
    json.writeNumberField("attempts", delivery.attempts());
    Json.time(json, "createdAt", delivery.createdAt());
    Json.time(json, "nextAttemptAt", pending ? delivery.dueAt() : null);
    Json.time(json, "settledAt", delivery.settledAt());
  }
}
