package dev.hookferry.http.console.site;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the waiting deliveries of all sites wait for, counted up to 1,000 for each site.
 *
 * @param due number of those that are due now
 * @param scheduled number of those that wait for their time or for a failing receiver
 * @param held number of those on hold
 * @param more whether there are more than were counted
 */
public record StoreBacklog(int due, int scheduled, int held, boolean more) {
  private static final PageRequest MOST_SITES = PageRequest.of(50);
  private static final int MOST = 1_000;

  /** Counts them; empty if there are too many sites. */
  static Optional<StoreBacklog> of(Webhooks webhooks) {
    Page<Site> sites = webhooks.sites().list(MOST_SITES);
    return sites.next() == null
        ? sites.data().stream()
            .map(site -> of(webhooks, site))
            .reduce(
                (one, other) ->
                    new StoreBacklog(
                        one.due + other.due,
                        one.scheduled + other.scheduled,
                        one.held + other.held,
                        one.more || other.more))
        : Optional.empty();
  }

  private static StoreBacklog of(Webhooks webhooks, Site site) {
    DeliveryQuery query =
        DeliveryQuery.ofSite(site.id()).states(Set.of(DeliveryState.PENDING, DeliveryState.HELD));
    PageRequest part = PageRequest.of(PageRequest.MAX_LIMIT);
    List<Delivery> found = new ArrayList<>();
    String next = null;
    do {
      Page<Delivery> page = webhooks.deliveries().list(query.page(part.after(next)));
      found.addAll(page.data());
      next = page.next();
    } while (next != null && found.size() < MOST);
    EndpointList endpoints = new EndpointList(webhooks, site.id());
    int due = 0;
    int held = 0;
    for (Delivery delivery : found) {
      if (delivery.state() == DeliveryState.HELD) {
        held++;
      } else if (endpoints.reason(delivery).isDueNow()) {
        due++;
      }
    }
    return new StoreBacklog(due, found.size() - due - held, held, next != null);
  }

  /** Returns the numbers, such as {@code Due now: 0 · Scheduled: 3 · On hold: 467}. */
  public String words() {
    return "Due now: "
        + text(due)
        + " · Scheduled: "
        + text(scheduled)
        + " · On hold: "
        + text(held);
  }

  private String text(int count) {
    return NumberText.of(count, more);
  }
}
