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
   * Returns the last attempt, the one with the highest attempt number, of each of these deliveries
   * that has any. If a clock was set back, this may not be the attempt with the newest id. Stores
   * with a remote log should override this method to fetch all attempts in one query.
   *
   * @param deliveries ids in the site, at most {@value PageRequest#MAX_LIMIT}
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
   * Counts, for each of these ordering keys, the deliveries of an endpoint that are {@link
   * dev.hookferry.delivery.DeliveryState#WAITING} behind the first.
   *
   * @param orderingKeys at most {@value PageRequest#MAX_LIMIT}
   * @param max where counting stops for each key, at least 1; bounds the cost, however many
   *     deliveries wait
   * @return the number for each key, at most {@code max}; keys without waiting deliveries may be
   *     missing
   */
  Map<String, Integer> waiting(EndpointId endpoint, Set<String> orderingKeys, int max);

  /**
   * Returns events, newest first. A page may end before its limit, so that its payloads do not
   * exceed {@link PageBytes#MAX} in total and large events do not fill the memory.
   */
  Page<Event> events(EventQuery query);

  /** Returns an event of a site; empty if it does not exist. */
  Optional<Event> event(SiteId site, EventId id);

  /** Returns the event of a site that was published with this {@code Idempotency-Key}, if any. */
  Optional<Event> eventByKey(SiteId site, String idempotencyKey);

  /** Returns a delivery of a site; empty if it does not exist. */
  Optional<Delivery> delivery(SiteId site, DeliveryId id);

  /**
   * Deletes events that were accepted before a time and have no pending delivery, together with
   * their deliveries and attempts. A store that deletes in larger units may keep some events
   * longer, but never keeps a delivery or attempt without its event.
   *
   * @return the approximate number of events deleted
   */
  long purge(Instant acceptedBefore);
}
