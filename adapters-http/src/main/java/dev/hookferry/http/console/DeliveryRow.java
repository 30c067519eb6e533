package dev.hookferry.http.console;

import dev.hookferry.delivery.Delivery;
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
record DeliveryRow(
    String id,
    Look look,
    String type,
    String event,
    String url,
    int attempts,
    Moment created,
    String next,
    Moment when) {
  static DeliveryRow of(Delivery delivery, Targets targets, Instant now) {
    return new DeliveryRow(
        delivery.id().toString(),
        Look.of(delivery.state()),
        delivery.type().name(),
        delivery.event().value(),
        targets.url(delivery.endpoint()),
        delivery.attempts(),
        Moment.of(delivery.createdAt(), now),
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
              : "within " + Moment.length(Duration.between(delivery.createdAt(), settled));
      case EXHAUSTED -> "gave up";
      case POISONED -> "parked: processes ended while sending it";
      case CANCELLED -> "cancelled";
    };
  }

  private static Moment moment(Delivery delivery, Instant now) {
    return switch (delivery.state()) {
      case PENDING ->
          delivery.dueAt().isAfter(now) ? Moment.of(delivery.dueAt(), now) : Moment.EMPTY;
      case HELD, DELIVERED -> Moment.EMPTY;
      case EXHAUSTED, POISONED, CANCELLED -> Moment.of(delivery.settledAt(), now);
    };
  }
}
