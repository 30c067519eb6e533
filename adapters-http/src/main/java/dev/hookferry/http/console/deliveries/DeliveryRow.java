package dev.hookferry.http.console.deliveries;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.text.DisplayTime;
import java.time.Duration;
import java.time.Instant;

/**
 * A delivery in a list.
 *
 * @param id of the delivery
 * @param look of its state
 * @param type of the event
 * @param event the event's id
 * @param url where it goes
 * @param attempts how many were made
 * @param created when it came to be
 * @param next what happens next, or how it ended
 * @param when of that
 */
public record DeliveryRow(
    String id,
    StatePill look,
    String type,
    String event,
    String url,
    int attempts,
    DisplayTime created,
    String next,
    DisplayTime when) {
  public static DeliveryRow of(Delivery delivery, EndpointList targets, Instant now) {
    return new DeliveryRow(
        delivery.id().toString(),
        StatePill.of(delivery.state()),
        delivery.type().name(),
        delivery.event().value(),
        targets.url(delivery.endpoint()),
        delivery.attempts(),
        DisplayTime.of(delivery.createdAt(), now),
        next(delivery, now),
        moment(delivery, now));
  }

  /** In words, without the time. */
  static String next(Delivery delivery, Instant now) {
    Instant settled = delivery.settledAt();
    return switch (delivery.state()) {
      case PENDING ->
          delivery.dueAt().isAfter(now) ? "next attempt" : "being sent, or next in line";
      case HELD -> "goes on when its endpoint or site does";
      case DELIVERED ->
          settled == null
              ? ""
              : "within " + DisplayTime.length(Duration.between(delivery.createdAt(), settled));
      case EXHAUSTED -> "gave up";
      case POISONED -> "parked: processes ended while sending it";
      case CANCELLED -> "cancelled";
    };
  }

  private static DisplayTime moment(Delivery delivery, Instant now) {
    return switch (delivery.state()) {
      case PENDING ->
          delivery.dueAt().isAfter(now) ? DisplayTime.of(delivery.dueAt(), now) : DisplayTime.EMPTY;
      case HELD, DELIVERED -> DisplayTime.EMPTY;
      case EXHAUSTED, POISONED, CANCELLED -> DisplayTime.of(delivery.settledAt(), now);
    };
  }
}
