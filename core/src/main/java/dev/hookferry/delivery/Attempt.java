package dev.hookferry.delivery;

import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;

/**
 * One HTTP request of a delivery: a line of the log, never rewritten.
 *
 * @param id its identity, time-ordered
 * @param delivery which delivery
 * @param site whose
 * @param endpoint where it went
 * @param event what it carried
 * @param type the event's type
 * @param number from 1, consecutive within the delivery
 * @param startedAt when it was sent; the time that was signed
 * @param url where it was sent at that time
 * @param outcome how it ended
 */
public record Attempt(
    AttemptId id,
    DeliveryId delivery,
    SiteId site,
    EndpointId endpoint,
    EventId event,
    EventType type,
    int number,
    Instant startedAt,
    String url,
    Outcome outcome) {

  public Attempt {
    if (number < 1) {
      throw new IllegalArgumentException("attempts count from 1, not " + number);
    }
  }

  /** The same attempt, with another account of how it ended. */
  public Attempt with(Outcome other) {
    return new Attempt(id, delivery, site, endpoint, event, type, number, startedAt, url, other);
  }
}
