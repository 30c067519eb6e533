package dev.hookferry.observe;

import dev.hookferry.event.OperationalEvents;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.time.Instant;
import java.util.Objects;

/**
 * An ordering key that has been blocked for longer than the limit.
 *
 * @param site the site of the endpoint
 * @param endpoint the endpoint
 * @param delivery the delivery that blocks the key
 * @param cause the type of its event
 * @param orderingKey the key
 * @param since when it was blocked, by the store's clock
 */
public record BlockedKeyEvent(
    SiteId site,
    EndpointId endpoint,
    DeliveryId delivery,
    EventType cause,
    String orderingKey,
    Instant since) {
  public BlockedKeyEvent {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(delivery, "delivery");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(orderingKey, "orderingKey");
    Objects.requireNonNull(since, "since");
  }

  /**
   * Returns whether an operational event blocks the key. Such keys are not published as operational
   * events, which would feed back on themselves.
   */
  public boolean isAboutOperationalEvents() {
    return OperationalEvents.contains(cause);
  }
}
