package dev.hookferry.query;

import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Query for attempts.
 *
 * @param site the site to search
 * @param delivery only attempts of this delivery; null for all
 * @param endpoint only attempts to this endpoint; null for all
 * @param type only attempts for this event type; null for all
 * @param outcome only attempts with this outcome; null for all
 * @param statusCode only attempts with this HTTP status; null for all
 * @param started when they were sent
 * @param page the page; ordered by id, newest first
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
  public AttemptQuery {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(page, "page");
  }

  /** Returns a query for all attempts of a site. */
  public static AttemptQuery ofSite(SiteId site) {
    return new AttemptQuery(site, null, null, null, null, null, TimeWindow.ALL, PageRequest.FIRST);
  }

  /** Returns a copy restricted to one delivery. */
  public AttemptQuery withDelivery(DeliveryId one) {
    Objects.requireNonNull(one, "one");
    return new AttemptQuery(site, one, endpoint, type, outcome, statusCode, started, page);
  }

  /** Returns a copy for another page. */
  public AttemptQuery withPage(PageRequest part) {
    Objects.requireNonNull(part, "part");
    return new AttemptQuery(site, delivery, endpoint, type, outcome, statusCode, started, part);
  }
}
