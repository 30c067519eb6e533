package dev.hookferry.http.console.problems;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EndpointScope;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.replay.ReplayWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The deliveries of a site that were given up: exhausted and poisoned ones without tests, by the
 * time at which they were created.
 *
 * @param byEndpoint the number by endpoint
 * @param more whether there are more than were counted
 * @param span the time over which they were counted
 */
public record GivenUpCounts(Map<EndpointId, Integer> byEndpoint, boolean more, ChartSpan span) {
  private static final int MAX_PAGES = 4;

  /** Number up to which the deliveries are counted. */
  static final int MAX = MAX_PAGES * PageRequest.MAX_LIMIT;

  /** Maximum number of endpoints that a query names. */
  private static final int MAX_ENDPOINTS = 25;

  public GivenUpCounts {
    byEndpoint = Map.copyOf(byEndpoint);
  }

  /** Returns the start of the counted period, in the format of list filters. */
  public Instant since(Visit visit) {
    return since(visit, span);
  }

  private static Instant since(Visit visit, ChartSpan span) {
    Duration length = span.step().multipliedBy(span.steps());
    return visit.now().minus(length).truncatedTo(ChronoUnit.MINUTES);
  }

  /** Counts the newest 2,000 of a span, or of a day if the span is shorter. */
  public static GivenUpCounts of(Webhooks webhooks, Visit visit, ChartSpan asked) {
    ChartSpan span = asked == ChartSpan.HOUR ? ChartSpan.DAY : asked;
    return of(webhooks, query(visit, span), span, MAX_PAGES);
  }

  /**
   * Counts the newest 2,000 of 30 days, for the given endpoints if they are few, or else for all.
   */
  public static GivenUpCounts newest(Webhooks webhooks, Visit visit, Set<EndpointId> endpoints) {
    ChartSpan span = ChartSpan.MONTH;
    if (endpoints.isEmpty()) {
      return new GivenUpCounts(Map.of(), false, span);
    }
    DeliveryQuery all = query(visit, span);
    boolean isFew = endpoints.size() <= MAX_ENDPOINTS;
    return of(
        webhooks, isFew ? all.endpoints(EndpointScope.only(endpoints)) : all, span, MAX_PAGES);
  }

  private static DeliveryQuery query(Visit visit, ChartSpan span) {
    return query(visit.site()).created(TimeWindow.ALL.since(since(visit, span)));
  }

  private static DeliveryQuery query(SiteId site) {
    return DeliveryQuery.ofSite(site).states(ReplayWindow.FAILED).withoutTests();
  }

  private static GivenUpCounts of(
      Webhooks webhooks, DeliveryQuery query, ChartSpan span, int maxPages) {
    Map<EndpointId, Integer> counts = new LinkedHashMap<>();
    String cursor = null;
    int pages = 0;
    do {
      Page<Delivery> page =
          webhooks
              .deliveries()
              .list(query.page(PageRequest.of(PageRequest.MAX_LIMIT).after(cursor)));
      page.data().forEach(delivery -> counts.merge(delivery.endpoint(), 1, Integer::sum));
      cursor = page.next();
    } while (cursor != null && ++pages < maxPages);
    return new GivenUpCounts(counts, cursor != null, span);
  }

  /**
   * Returns how many deliveries of a site were ever given up, as text. Empty if there are no more
   * than were counted, or if too many were counted to tell.
   */
  public String inAll(Webhooks webhooks, SiteId site) {
    if (all() >= MatchCount.MAX) {
      return "";
    }
    DeliveryQuery query = query(site).page(PageRequest.of(PageRequest.MAX_LIMIT));
    Page<Delivery> first = webhooks.deliveries().list(query);
    MatchCount found = MatchCount.of(query, first, MatchCount.MAX, webhooks.deliveries()::list);
    return found.known() > all() ? found.text() : "";
  }

  /** Returns the number of an endpoint, such as {@code 1,200+} if there may be more. */
  public String text(EndpointId endpoint) {
    int count = byEndpoint.getOrDefault(endpoint, 0);
    return NumberText.of(count, more);
  }

  /** Returns the number of an endpoint as a phrase, such as {@code 42 given up}; empty if none. */
  public String phrase(String endpoint) {
    EndpointId id = EndpointId.parse(endpoint);
    return byEndpoint.containsKey(id) ? text(id) + " given up" : "";
  }

  /** Returns the label of a button that retries them all, such as {@code Retry 42 given-up …}. */
  public String retry() {
    String noun = all() == 1 && !more ? " given-up delivery…" : " given-up deliveries…";
    return "Retry " + NumberText.of(all(), more) + noun;
  }

  /** Returns the total number that were counted. */
  public int all() {
    return byEndpoint.values().stream().mapToInt(Integer::intValue).sum();
  }
}
