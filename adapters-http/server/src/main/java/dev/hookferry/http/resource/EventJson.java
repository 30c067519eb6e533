package dev.hookferry.http.resource;

import dev.hookferry.Deliveries;
import dev.hookferry.Events;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.event.Event;
import dev.hookferry.event.Receipt;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.OutputKind;
import dev.hookferry.http.resource.DeliveryJson.Reasoned;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.QueryFields;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.id.EventId;
import dev.hookferry.query.Page;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as the API returns them. */
public final class EventJson {
  private static final FieldSpec<String> ID =
      FieldSpec.of("id", FieldKind.text(), "The event's id.")
          .example("evt_01m89rmshbe00b8jhew46a2pfn");

  /** The endpoints to which an event is resent. */
  public static final FieldSpec<List<String>> ENDPOINTS =
      FieldSpec.of(
              "endpoints",
              FieldKind.list(EndpointFields.NAME, 1, Events.MAX_ENDPOINTS),
              "The ids or uids of the endpoints that get the event, again or for the first time.")
          .example(List.of("ep_01m89rmsm2e00bctbf2wktq7j8"));

  /** The fields of a request that resends an event. */
  public static final FieldTable REPLAY =
      FieldTable.of("EventReplay", ENDPOINTS).requiring(ENDPOINTS);

  /** An event of a list, without its payload. */
  public static final ResponseShape<Event> EVENT =
      ResponseShape.<Event>of("Event")
          .always(ID, Event::id)
          .always(
              FieldSpec.of("type", FieldKind.text(), "The event's type.")
                  .example("license_created"),
              Event::type)
          .always(
              FieldSpec.of("occurredAt", FieldKind.time(), "When it happened."), Event::occurredAt)
          .always(
              FieldSpec.of("acceptedAt", FieldKind.time(), "When it was accepted."),
              Event::acceptedAt)
          .with(EventOptionsJson.SHAPE, Event::options);

  /** A page of events. */
  public static final ResponseShape<Listed> PAGE =
      EVENT
          .page("Events")
          .as("Events", Listed::page)
          .ifAny(QueryFields.NOT_INDEXED_BEFORE, Listed::notIndexedBefore);

  /** An event with its stored payload, spliced in unchanged, and its deliveries. */
  public static final ResponseShape<Whole> WITH_DELIVERIES =
      EVENT
          .as("EventWithDeliveries", Whole::event)
          .always(
              FieldSpec.<Object>of(
                      "payload", OutputKind.JSON, "The payload that receivers get, byte for byte.")
                  .example(
                      "{\"EventType\":\"license_created\",\"EventTime\":\"2026-01-01T12:00:00Z\","
                          + "\"LicenseInfo\":{\"ActivationKey\":\"K-1\"}}"),
              whole -> JsonOutput.raw(whole.event().payload().text()))
          .always(
              FieldSpec.of("deliveries", DeliveryJson.DELIVERY.asList(), "Oldest first."),
              whole -> DeliveryJson.DELIVERY.list(whole.deliveries()));

  /** The deliveries of an event that was resent. */
  public static final ResponseShape<Resent> RESENT =
      ResponseShape.<Resent>of("EventReplayed")
          .always(ID, Resent::id)
          .always(
              FieldSpec.of(
                  "deliveries",
                  DeliveryJson.DELIVERY.asList(),
                  "Its deliveries to the chosen endpoints."),
              resent -> DeliveryJson.DELIVERY.list(resent.deliveries()));

  /** The receipt that a producer gets for an event. */
  public static final ResponseShape<Receipt> RECEIPT =
      ResponseShape.<Receipt>of("Receipt")
          .always(ID, Receipt::id)
          .always(
              FieldSpec.of(
                      "deliveries",
                      FieldKind.count(),
                      "Number of endpoints that the event is delivered to.")
                  .example(1),
              Receipt::deliveries);

  /** Initial capacity in characters: enough unless the producer chose a long event id. */
  private static final int RECEIPT_LENGTH = 96;

  private EventJson() {}

  /**
   * A page of events.
   *
   * @param notIndexedBefore the time before which a search by fields may miss events, or null
   */
  public record Listed(Page<Event> page, @Nullable Instant notIndexedBefore) {}

  /** An event with its deliveries, oldest first. */
  public record Whole(Event event, List<Reasoned> deliveries) {
    /** Returns an event with the reasons for the states of its deliveries. */
    public static Whole of(Deliveries deliveries, Events.Details details) {
      return new Whole(details.event(), Reasoned.all(deliveries, details.deliveries()));
    }
  }

  /** An event with its deliveries to the endpoints to which it was resent. */
  public record Resent(EventId id, List<Reasoned> deliveries) {
    /** Returns an event with the reasons for the states of these deliveries. */
    public static Resent of(Deliveries deliveries, EventId id, List<Delivery> again) {
      return new Resent(id, again.stream().map(one -> Reasoned.of(deliveries, one)).toList());
    }
  }

  /**
   * Returns the bytes of {@link #RECEIPT}, the most frequent reply. Fast path: ids need no
   * escaping, and the buffer rarely grows.
   */
  public static byte[] bytes(Receipt receipt) {
    StringBuilder text =
        new StringBuilder(RECEIPT_LENGTH).append("{\"id\":\"").append(receipt.id());
    text.append("\",\"deliveries\":").append(receipt.deliveries()).append('}');
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
