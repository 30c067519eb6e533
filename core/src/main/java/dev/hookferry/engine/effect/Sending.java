package dev.hookferry.engine.effect;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.id.AttemptId;
import dev.hookferry.site.Site;
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
public record Sending(
    long incarnation,
    AttemptId id,
    Delivery delivery,
    Event event,
    Site site,
    Endpoint endpoint,
    Instant startedAt,
    @Nullable CrashSuspicion trial) {
  /** One of a delivery that is not on trial. */
  public Sending(
      long incarnation,
      AttemptId id,
      Delivery delivery,
      Event event,
      Site site,
      Endpoint endpoint,
      Instant startedAt) {
    this(incarnation, id, delivery, event, site, endpoint, startedAt, null);
  }

  public int number() {
    return delivery.attempts() + 1;
  }

  /** The line for the log. */
  public Attempt ended(Outcome outcome) {
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
