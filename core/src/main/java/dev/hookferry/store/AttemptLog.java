package dev.hookferry.store;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageBytes;
import dev.hookferry.query.PageRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Queries of events, deliveries and attempts. A query sees every commit that returned before it
 * began. Cursors are opaque; entries newer than the first page do not appear on later pages, and
 * nothing appears twice. An invalid cursor is refused with {@link
 * dev.hookferry.refusal.InvalidException} for the field {@code cursor}. Implementations are
 * thread-safe, may block, and throw {@link StoreException} if the store fails.
 */
public interface AttemptLog {
  /** Returns attempts, newest first. */
  Page<Attempt> attempts(AttemptQuery query);

  /**
   * Returns the last attempt of each of these deliveries of a site, if it has one: the one with the
   * highest attempt number. After a clock was set back, this need not be the one with the newest
   * id. Stores with a remote log should override this to fetch all of them in one query.
   *
   * @param deliveries at most {@value PageRequest#MAX_LIMIT}
   */
  default Map<DeliveryId, Attempt> lastAttempts(SiteId site, Set<DeliveryId> deliveries) {
    Map<DeliveryId, Attempt> found = new HashMap<>();
    PageRequest all = PageRequest.of(PageRequest.MAX_LIMIT);
    for (DeliveryId delivery : deliveries) {
      attempts(AttemptQuery.ofSite(site).delivery(delivery).page(all)).data().stream()
          .max(Comparator.comparingInt(Attempt::number))
          .ifPresent(attempt -> found.put(delivery, attempt));
    }
    return found;
  }

  /** Returns deliveries, pending and final, newest first. */
  Page<Delivery> deliveries(DeliveryQuery query);

  /**
   * Counts the deliveries of an endpoint that are {@link
   * dev.hookferry.delivery.DeliveryState#WAITING} behind the first of each of these ordering keys.
   *
   * @param orderingKeys at most {@value PageRequest#MAX_LIMIT}
   * @param max 1 or more: where counting of a key stops, which bounds the cost, however many wait
   * @return the number for each key, at most {@code max}; keys behind which none wait may be
   *     missing
   */
  Map<String, Integer> waiting(EndpointId endpoint, Set<String> orderingKeys, int max);

  /**
   * Returns events, newest first. A page ends before its limit where another event would bring its
   * payloads above {@link PageBytes#MAX}, so that large events do not fill the memory.
   */
  Page<Event> events(EventQuery query);

  /** Returns an event of a site. */
  Optional<Event> event(SiteId site, EventId id);

  /** Returns the event of a site that was published with this {@code Idempotency-Key}. */
  Optional<Event> eventByKey(SiteId site, String idempotencyKey);

  /** Returns a delivery of a site. */
  Optional<Delivery> delivery(SiteId site, DeliveryId id);

  /**
   * Deletes events that were accepted before a time and have no pending delivery, with their
   * deliveries and attempts. A store may delete in larger units and so keep some events longer, but
   * never a delivery or attempt without its event.
   *
   * @return the approximate number of events deleted
   */
  long purge(Instant acceptedBefore);
}
