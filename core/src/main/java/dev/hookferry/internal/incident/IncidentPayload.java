package dev.hookferry.internal.incident;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.OperationalEvents;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventType;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.observe.Backlog;
import dev.hookferry.observe.BlockedKeyEvent;
import dev.hookferry.observe.EndpointHealthEvent;
import dev.hookferry.observe.PortalSessionStart;
import dev.hookferry.store.Node;
import java.time.Instant;

/**
 * JSON data of operational events. It includes only the host of the URL, because the rest may
 * contain a token and the event goes to another receiver.
 */
final class IncidentPayload {
  private final StringBuilder json = new StringBuilder("{");

  private IncidentPayload() {}

  static Payload of(EventType type, Endpoint about, EndpointHealthEvent change, Node node) {
    IncidentPayload data = new IncidentPayload();
    data.member("type", type.name());
    data.member("site", about.site().value());
    data.member("endpoint", about.id().toString());
    data.member("host", about.url().host());
    data.member("description", about.description());
    data.member("reason", change.reason());
    data.name("failures").append(change.failures());
    Instant end = about.status().disablesAt();
    if (end != null && type.equals(OperationalEvents.WILL_BE_DISABLED)) {
      data.member("until", end.toString());
    }
    data.member("at", change.at().toString());
    data.member("node", node.name());
    return Payload.of(data.json.append('}').toString());
  }

  /** Returns data without the node's name, so that all nodes publish the same event. */
  static Payload of(Endpoint about, BlockedKeyEvent blocked) {
    IncidentPayload data = new IncidentPayload();
    data.member("type", OperationalEvents.KEY_BLOCKED.name());
    data.member("site", about.site().value());
    data.member("endpoint", about.id().toString());
    data.member("host", about.url().host());
    data.member("description", about.description());
    data.member("orderingKey", blocked.orderingKey());
    data.member("delivery", blocked.delivery().toString());
    data.member("since", blocked.since().toString());
    return Payload.of(data.json.append('}').toString());
  }

  static Payload of(
      Endpoint about, Delivery example, ExhaustedDeliveries.Summary summary, Node node) {
    IncidentPayload data = new IncidentPayload();
    data.member("type", OperationalEvents.EXHAUSTED.name());
    data.member("site", about.site().value());
    data.name("count").append(summary.count());
    data.name("endpoints").append(summary.firsts().size());
    data.member("endpoint", about.id().toString());
    data.member("host", about.url().host());
    data.member("description", about.description());
    data.member("delivery", example.id().toString());
    data.member("since", summary.since().toString());
    data.member("until", summary.until().toString());
    data.member("node", node.name());
    return Payload.of(data.json.append('}').toString());
  }

  static Payload of(Backlog backlog, Instant now) {
    IncidentPayload data = new IncidentPayload();
    data.member("type", OperationalEvents.BACKLOG_LATE.name());
    data.name("pending").append(backlog.pending());
    data.name("lateSeconds").append(backlog.lateness(now).toSeconds());
    data.member("oldestDue", String.valueOf(backlog.oldestDue()));
    data.member("at", now.toString());
    return Payload.of(data.json.append('}').toString());
  }

  static Payload of(PortalSessionStart start) {
    return Payload.of(
        new JsonWriter()
            .text("type", OperationalEvents.PORTAL_SESSION_STARTED.name())
            .text("site", start.site().value())
            .text("session", start.session().toString())
            .text("subject", start.subject())
            .text("name", start.name())
            .textsByName("labels", start.labels())
            .text("at", start.at().toString())
            .end());
  }

  private void member(String name, String value) {
    name(name).append('"');
    value.chars().forEach(this::character);
    json.append('"');
  }

  private StringBuilder name(String name) {
    return json.append(json.length() == 1 ? "" : ",").append('"').append(name).append("\":");
  }

  private void character(int unit) {
    if (unit == '"' || unit == '\\') {
      json.append('\\').append((char) unit);
    } else if (unit < ' ' || Character.isSurrogate((char) unit)) {
      json.append(String.format("\\u%04x", unit));
    } else {
      json.append((char) unit);
    }
  }
}
