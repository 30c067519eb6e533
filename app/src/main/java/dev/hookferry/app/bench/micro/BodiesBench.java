package dev.hookferry.app.bench.micro;

import dev.hookferry.body.BodyFormat;
import dev.hookferry.body.BodyMaker;
import dev.hookferry.body.BodySettings;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.function.Supplier;

/** Measures the cost of a request's body, in each format and with a template. */
public final class BodiesBench {
  private static final Instant TIME = Instant.parse("2026-04-29T16:39:49.120Z");
  private static final EventType TYPE = new EventType("license_created");

  /** Reads the first and the last member, and maps each item of the list. */
  private static final String TEMPLATE =
      """
      {"text":{"$concat":["License ",{"$pointer":"/data/ActivationKey"}," for ",
      {"$default":[{"$pointer":"/data/Customer/Name"},"nobody"]}]},
      "last":{"$pointer":"/data/Last"},"on":{"$date":[{"$pointer":"/time"},"dd.MM.yyyy"]},
      "items":{"$map":[{"$pointer":"/data/Items"},
      {"sku":{"$upper":{"$item":"/Sku"}},"n":{"$item":"/Quantity"}}]}}""";

  private BodiesBench() {}

  /** Returns the bench without running it. */
  public static StepCosts costs() {
    StepCosts costs = new StepCosts("Body");
    for (BodyFormat format : BodyFormat.values()) {
      if (format != BodyFormat.TEMPLATE && format != BodyFormat.MAPPER) {
        add(costs, format.code(), BodySettings.of(format));
      }
    }
    add(costs, "cloudevents, binary", BodySettings.binaryCloudEvents());
    add(costs, "template", BodySettings.template(TEMPLATE));
    return costs;
  }

  private static void add(StepCosts costs, String name, BodySettings settings) {
    costs.step(name, data -> making(settings, data));
  }

  private static Supplier<?> making(BodySettings settings, Payload data) {
    Event event =
        new Event(
            new EventId("evt_1"),
            SiteId.DEFAULT,
            TYPE,
            TIME,
            TIME.plusSeconds(1),
            Envelope.DEFAULT.wrap(TYPE, TIME, data),
            null);
    return () -> BodyMaker.WITHOUT_MAPPERS.make(settings, event, Envelope.DEFAULT);
  }
}
