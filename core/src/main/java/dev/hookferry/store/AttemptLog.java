package dev.hookferry.store;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at what happened. A look sees every commit that returned before it began. Cursors are the
 * store's own text; what is newer than the first page does not appear on later ones, and nothing
 * appears twice. A text that is no cursor of this store is refused with {@link
 * dev.hookferry.refusal.InvalidException} for the field {@code cursor}. Implementations are
 * thread-safe, may block, and throw {@link StoreException} if the store fails.
 */
public interface AttemptLog {
  /** Attempts, newest first. */
  Page<Attempt> attempts(AttemptQuery query);

  /**
   * The newest attempt of each of these deliveries of a site, if it has one. A store that has its
   * log elsewhere asks for all of them at once.
   *
   * @param deliveries {@value PageRequest#MAX_LIMIT} at most
   */
  default Map<DeliveryId, Attempt> lastAttempts(SiteId site, Set<DeliveryId> deliveries) {
    Map<DeliveryId, Attempt> found = new HashMap<>();
    PageRequest newest = new PageRequest(1, null);
    for (DeliveryId delivery : deliveries) {
      attempts(AttemptQuery.all(site).of(delivery).at(newest))
          .data()
          .forEach(attempt -> found.put(delivery, attempt));
    }
    return found;
  }

  /** Deliveries, pending and final, newest first. */
  Page<Delivery> deliveries(DeliveryQuery query);

  /** Events, newest first. */
  Page<Event> events(EventQuery query);

  /** One event of a site. */
  Optional<Event> event(SiteId site, EventId id);

  /** The event of a site that was published with this {@code Idempotency-Key}. */
  Optional<Event> eventByKey(SiteId site, String idempotencyKey);

  /** One delivery of a site. */
  Optional<Delivery> delivery(SiteId site, DeliveryId id);

  /**
   * Forgets events that were accepted before a time and have no pending delivery, with their
   * deliveries and attempts. A store may keep more than it must, in units of its own, but never a
   * delivery or attempt without its event.
   *
   * @return about how many events were forgotten
   */
  long forget(Instant acceptedBefore);
}
