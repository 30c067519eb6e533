package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.Deliveries;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.observe.DeliveryReason;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Writes deliveries as JSON. */
final class DeliveryJson {
  private final Deliveries deliveries;

  DeliveryJson(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  void write(JsonGenerator json, Delivery delivery) throws IOException {
    json.writeStartObject();
    fields(json, delivery);
    json.writeEndObject();
  }

  /** Returns a delivery with its attempts, oldest first. */
  JsonOutput.Writing withLog(Delivery delivery, List<Attempt> log) {
    return json -> {
      json.writeStartObject();
      fields(json, delivery);
      JsonOutput.array(json, "log", AttemptJson::write, log);
      json.writeEndObject();
    };
  }

  private void fields(JsonGenerator json, Delivery delivery) throws IOException {
    boolean pending = delivery.state() == DeliveryState.PENDING;
    DeliveryReason reason = deliveries.reason(delivery);
    Instant next = reason.nextAttemptAt() == null ? delivery.dueAt() : reason.nextAttemptAt();
    JsonOutput.text(json, "id", delivery.id());
    JsonOutput.text(json, "event", delivery.event());
    JsonOutput.text(json, "eventType", delivery.type());
    JsonOutput.text(json, "endpoint", delivery.endpoint());
    JsonOutput.text(json, "status", delivery.state().word());
    json.writeNumberField("attempts", delivery.attempts());
    JsonOutput.time(json, "createdAt", delivery.createdAt());
    JsonOutput.time(json, "nextAttemptAt", pending ? next : null);
    JsonOutput.time(json, "settledAt", delivery.settledAt());
    json.writeStringField("reason", reason.text());
  }
}
