package dev.hookferry.engine;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.AttemptId;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Suspicion;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.Site;
import dev.hookferry.event.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that is to be made.
 *
 * @param incarnation of the node when it was begun
 * @param id of the attempt
 * @param delivery before the attempt
 * @param event what it carries
 * @param site whose, as configured now
 * @param endpoint where to, as configured now
 * @param startedAt the time that is signed
 * @param trial what is to be noted against the delivery before it is sent, or null if nothing is
 */
record Sending(
    long incarnation,
    AttemptId id,
    Delivery delivery,
    Event event,
    Site site,
    Endpoint endpoint,
    Instant startedAt,
    @Nullable Suspicion trial) {
  /** One of a delivery that is not on trial. */
  Sending(
      long incarnation,
      AttemptId id,
      Delivery delivery,
      Event event,
      Site site,
      Endpoint endpoint,
      Instant startedAt) {
    this(incarnation, id, delivery, event, site, endpoint, startedAt, null);
  }

  int number() {
    return delivery.attempts() + 1;
  }

  /** The line for the log. */
  Attempt ended(Outcome outcome) {
    return new Attempt(
        id,
        delivery.id(),
        delivery.site(),
        endpoint.id(),
        delivery.event(),
        delivery.type(),
        number(),
        startedAt,
        endpoint.url().text(),
        outcome);
  }
}
