package dev.hookferry.http.console;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
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
        delivery.state() == DeliveryState.DELIVERED
            ? Moment.EMPTY
            : Moment.of(moment(delivery), now));
  }

  /** In words, without the time. */
  static String next(Delivery delivery, Instant now) {
    Instant settled = delivery.settledAt();
    return switch (delivery.state()) {
      case PENDING ->
          delivery.dueAt().isAfter(now) ? "next attempt" : "being sent, or next in line";
      case HELD -> "held while its endpoint or site is paused; due";
      case DELIVERED ->
          settled == null
              ? ""
              : "within " + Moment.length(Duration.between(delivery.createdAt(), settled));
      case EXHAUSTED -> "gave up";
      case CANCELLED -> "cancelled";
    };
  }

  private static Instant moment(Delivery delivery) {
    Instant settled = delivery.settledAt();
    return settled == null || delivery.state() == DeliveryState.PENDING
        ? delivery.dueAt()
        : settled;
  }
}
