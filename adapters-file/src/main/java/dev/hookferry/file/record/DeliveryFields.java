package dev.hookferry.file.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.file.line.InstantText;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON members of a delivery in a record. */
final class DeliveryFields {
  private @Nullable String id;
  private @Nullable String site;
  private @Nullable String event;
  private @Nullable String type;
  private @Nullable String endpoint;
  private @Nullable String state;
  private @Nullable String createdAt;
  private @Nullable String dueAt;
  private @Nullable String settledAt;
  private @Nullable String suspicion;
  private @Nullable String orderingKey;
  private long position;
  private int attempts;
  private long eventSequence;

  /** Reads the members; the parser must be at the beginning of the object. */
  static DeliveryFields read(JsonParser json) throws IOException {
    DeliveryFields fields = new DeliveryFields();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      fields.member(name, json);
    }
    return fields;
  }

  private void member(String name, JsonParser json) throws IOException {
    switch (name) {
      case "id" -> id = json.getText();
      case "site" -> site = json.getText();
      case "event" -> event = json.getText();
      case "eventLine" -> eventSequence = json.getLongValue();
      case "type" -> type = json.getText();
      case "endpoint" -> endpoint = json.getText();
      case "state" -> state = json.getText();
      case "attempts" -> attempts = json.getIntValue();
      case "createdAt" -> createdAt = json.getText();
      case "dueAt" -> dueAt = json.getText();
      case "suspicion" -> suspicion = json.getText();
      case "orderingKey" -> orderingKey = json.getText();
      case "position" -> position = json.getLongValue();
      case "settledAt" -> settledAt = json.getText();
      default -> json.skipChildren();
    }
  }

  long eventSequence() {
    return eventSequence;
  }

  /**
   * Returns the position among deliveries with the same ordering key; 0 if the member is absent.
   */
  long position() {
    return position;
  }

  /** Returns the crash suspicion, NONE if the member is absent. */
  CrashSuspicion suspicion() {
    return suspicion == null
        ? CrashSuspicion.NONE
        : CrashSuspicion.fromCode(suspicion).orElseThrow();
  }

  /** Returns the delivery of a change record. */
  Delivery changed() {
    return new Delivery(
        DeliveryId.parse(RecordReader.need(id, "id")),
        new SiteId(RecordReader.need(site, "site")),
        new EventId(RecordReader.need(event, "event")),
        new EventType(RecordReader.need(type, "type")),
        EndpointId.parse(RecordReader.need(endpoint, "endpoint")),
        DeliveryState.fromCode(RecordReader.need(state, "state")).orElseThrow(),
        attempts,
        InstantText.read(RecordReader.need(createdAt, "createdAt")),
        InstantText.read(RecordReader.need(dueAt, "dueAt")),
        settledAt == null ? null : InstantText.read(settledAt),
        orderingKey);
  }

  /** Returns the delivery of an event record. */
  Delivery queued(SiteId eventSite, EventId eventId, EventType eventType, Instant accepted) {
    return new Delivery(
        DeliveryId.parse(RecordReader.need(id, "id")),
        eventSite,
        eventId,
        eventType,
        EndpointId.parse(RecordReader.need(endpoint, "endpoint")),
        DeliveryState.PENDING,
        0,
        createdAt == null ? accepted : InstantText.read(createdAt),
        dueAt == null ? accepted : InstantText.read(dueAt),
        null,
        orderingKey);
  }
}
