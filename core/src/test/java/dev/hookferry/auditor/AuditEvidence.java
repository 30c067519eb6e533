package dev.hookferry.auditor;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.store.AttemptLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * All records of a run, by their author.
 *
 * @param offered events that a client tried to publish, whatever the reply
 * @param acknowledged the acknowledgements that clients got
 * @param readdressed further endpoints that users sent events to
 * @param arrived what receivers saw
 * @param events of the store
 * @param deliveries of the store
 * @param attempts of the store's log
 * @param disturbances disturbances of the system during the run
 */
public record AuditEvidence(
    Collection<EventId> offered,
    List<Acknowledged> acknowledged,
    List<Readdressed> readdressed,
    List<Arrived> arrived,
    List<Event> events,
    List<Delivery> deliveries,
    List<Attempt> attempts,
    List<Disturbance> disturbances) {

  /** Returns a copy that includes the store's log of some sites. */
  public AuditEvidence with(AttemptLog log, Collection<SiteId> sites) {
    AuditEvidence all = this;
    for (SiteId site : sites) {
      all = all.with(log, site);
    }
    return all;
  }

  /** Returns a copy that includes the store's log of a site. */
  public AuditEvidence with(AttemptLog log, SiteId site) {
    return new AuditEvidence(
        offered,
        acknowledged,
        readdressed,
        arrived,
        all(events, page -> log.events(EventQuery.ofSite(site).page(page))),
        all(deliveries, page -> log.deliveries(DeliveryQuery.ofSite(site).page(page))),
        all(attempts, page -> log.attempts(AttemptQuery.ofSite(site).page(page))),
        disturbances);
  }

  /** Returns a copy that includes deliveries requested after events were accepted. */
  public AuditEvidence with(List<Readdressed> asked) {
    return new AuditEvidence(
        offered, acknowledged, asked, arrived, events, deliveries, attempts, disturbances);
  }

  /** Returns the records of clients and receivers. */
  public static AuditEvidence of(
      Collection<EventId> offered,
      List<Acknowledged> acknowledged,
      List<Arrived> arrived,
      List<Disturbance> disturbances) {
    return new AuditEvidence(
        offered, acknowledged, List.of(), arrived, List.of(), List.of(), List.of(), disturbances);
  }

  private static <T> List<T> all(List<T> before, Function<PageRequest, Page<T>> pages) {
    List<T> all = new ArrayList<>(before);
    String cursor = null;
    do {
      Page<T> page = pages.apply(PageRequest.of(PageRequest.MAX_LIMIT).after(cursor));
      all.addAll(page.data());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }
}
