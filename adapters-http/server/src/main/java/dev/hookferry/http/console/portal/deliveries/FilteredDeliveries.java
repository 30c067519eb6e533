package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.Deliveries;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.http.console.deliveries.LastAttempts;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists deliveries that match a query, and conditions that no index knows: a pattern of event
 * types, and a class of HTTP statuses. Pages may be shorter than requested, even if there are more.
 */
public final class FilteredDeliveries {
  /** Maximum number of pages that are read for one page of matches. */
  private static final int MOST_READS = 10;

  private static final int CLASS = 100;

  private final PortalAccess access;
  private final Deliveries deliveries;
  private final @Nullable EventTypeFilter pattern;
  private final int statusClass;

  /**
   * Creates a list.
   *
   * @param pattern what event types must match; null for any
   * @param statusClass the first digit of the status of the last response; 0 for any
   */
  FilteredDeliveries(
      PortalAccess access,
      Deliveries deliveries,
      @Nullable EventTypeFilter pattern,
      int statusClass) {
    this.access = access;
    this.deliveries = deliveries;
    this.pattern = pattern;
    this.statusClass = statusClass;
  }

  private boolean isPlain() {
    return pattern == null && statusClass == 0;
  }

  /** Returns a page of matches, newest first. */
  public Page<Delivery> page(DeliveryQuery query) {
    if (isPlain()) {
      return access.deliveries(query);
    }
    List<Delivery> found = new ArrayList<>();
    String cursor = query.page().cursor();
    int limit = query.page().limit();
    int reads = 0;
    do {
      PageRequest part = PageRequest.of(limit - found.size()).after(cursor);
      Page<Delivery> page = access.deliveries(query.page(part));
      found.addAll(matching(page.data(), query));
      cursor = page.next();
      reads++;
    } while (cursor != null && found.size() < limit && reads < MOST_READS);
    return new Page<>(found, cursor);
  }

  private List<Delivery> matching(List<Delivery> all, DeliveryQuery query) {
    EventTypeFilter types = pattern;
    List<Delivery> ofType =
        types == null ? all : all.stream().filter(one -> types.matches(one.type())).toList();
    if (statusClass == 0) {
      return ofType;
    }
    LastAttempts last = LastAttempts.ofAll(query.site(), ofType, deliveries);
    return ofType.stream().filter(one -> isOfClass(last.of(one))).toList();
  }

  private boolean isOfClass(@Nullable Attempt last) {
    return last != null && last.outcome().statusCode() / CLASS == statusClass;
  }

  /** Counts the matches as far as that takes no more than a look at each delivery. */
  public MatchCount count(DeliveryQuery query, Page<Delivery> shown) {
    return isPlain()
        ? MatchCount.of(query, shown, PageRequest.MAX_LIMIT, access::deliveries)
        : MatchCount.atLeast(shown, query.page().cursor());
  }
}
