package dev.hookferry.query;

import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import org.jspecify.annotations.Nullable;

/**
 * Query for attempts.
 *
 * @param site whose
 * @param delivery of this delivery only, or null for all
 * @param endpoint to this endpoint only, or null for all
 * @param type of this event type only, or null for all
 * @param outcome that ended like this, or null for all
 * @param statusCode that were answered with this HTTP status, or null for all
 * @param started when they were sent
 * @param page which part; ordered by id, newest first
 */
public record AttemptQuery(
    SiteId site,
    @Nullable DeliveryId delivery,
    @Nullable EndpointId endpoint,
    @Nullable EventType type,
    @Nullable OutcomeKind outcome,
    @Nullable Integer statusCode,
    TimeWindow started,
    PageRequest page) {
  /** All attempts of a site. */
  public static AttemptQuery all(SiteId site) {
    return new AttemptQuery(site, null, null, null, null, null, TimeWindow.ALL, PageRequest.FIRST);
  }

  /** The same about one delivery. */
  public AttemptQuery of(DeliveryId one) {
    return new AttemptQuery(site, one, endpoint, type, outcome, statusCode, started, page);
  }

  /** The same, another part. */
  public AttemptQuery at(PageRequest part) {
    return new AttemptQuery(site, delivery, endpoint, type, outcome, statusCode, started, part);
  }
}
