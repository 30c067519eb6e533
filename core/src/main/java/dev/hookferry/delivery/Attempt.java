package dev.hookferry.delivery;

import dev.hookferry.body.BodyVersion;
import dev.hookferry.id.AttemptId;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request of a delivery: an immutable entry of the log.
 *
 * @param id unique id, time-ordered
 * @param delivery the delivery that it belongs to
 * @param site the site that it belongs to
 * @param endpoint the endpoint that it was sent to
 * @param event the event that it carried
 * @param type the event's type
 * @param number consecutive within the delivery, from 1
 * @param startedAt when it was sent; also the signed timestamp
 * @param url the endpoint's URL at that time
 * @param outcome the result of the request
 * @param body the format of its body, or null for the payload as it was stored
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
    Outcome outcome,
    @Nullable BodyVersion body) {
  public Attempt {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(outcome, "outcome");
    if (number < 1) {
      throw new IllegalArgumentException("attempt number must be at least 1, got " + number);
    }
  }

  /** Returns a copy with the given outcome. */
  public Attempt with(Outcome outcome) {
    Objects.requireNonNull(outcome, "outcome");
    return new Attempt(
        id, delivery, site, endpoint, event, type, number, startedAt, url, outcome, body);
  }
}
