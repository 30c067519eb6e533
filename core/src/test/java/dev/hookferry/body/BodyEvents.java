package dev.hookferry.body;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events for tests of bodies. */
final class BodyEvents {
  static final Instant TIME = Instant.parse("2026-04-29T16:39:49.120Z");
  static final EventType TYPE = new EventType("license_created");

  private BodyEvents() {}

  /** An event in the default envelope, with a label. */
  static Event of(String data) {
    return of(data, Envelope.DEFAULT);
  }

  static Event of(String data, Envelope envelope) {
    Event event =
        new Event(
            new EventId("evt_1"),
            new SiteId("acme"),
            TYPE,
            TIME,
            TIME.plusSeconds(1),
            envelope.wrap(TYPE, TIME, Payload.of(data)),
            null);
    return event.with(
        new EventOptions(
            Map.of("region", "eu", "quote.\"", "\\"),
            List.of(),
            null,
            null,
            Map.of(),
            null,
            false));
  }

  /** Renders a template for an event with this data. */
  static String rendered(String template, String data) {
    return BodyTemplate.parse(template).render(of(data)).text();
  }
}
