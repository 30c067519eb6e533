package dev.hookferry.http.console.deliveries;

import dev.hookferry.Deliveries;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.text.DisplayTime;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The waiting deliveries of a site, by endpoint. Reads at most the newest 500 pending and the
 * newest 500 held ones; counts show if there are more.
 */
public final class WaitingDeliveries {
  private static final PageRequest MOST = PageRequest.of(PageRequest.MAX_LIMIT);

  private final Map<EndpointId, Queue> queues = new HashMap<>();
  private final Map<DeliveryState, Page<Delivery>> pages = new EnumMap<>(DeliveryState.class);

  private WaitingDeliveries() {}

  /**
   * The waiting deliveries of one endpoint.
   *
   * @param oldest creation time of the oldest
   * @param next when the first is due
   */
  public record Queue(int count, Instant oldest, Instant next) {
    Queue and(Queue other) {
      return new Queue(
          count + other.count,
          oldest.isBefore(other.oldest) ? oldest : other.oldest,
          next.isBefore(other.next) ? next : other.next);
    }
  }

  public static WaitingDeliveries at(SiteId site, Deliveries deliveries) {
    return of(site, deliveries::list);
  }

  /**
   * Returns the waiting deliveries of a part of a site.
   *
   * @param list returns those that match a query and belong to the part
   */
  public static WaitingDeliveries of(SiteId site, Function<DeliveryQuery, Page<Delivery>> list) {
    WaitingDeliveries waiting = new WaitingDeliveries();
    for (DeliveryState state : new DeliveryState[] {DeliveryState.PENDING, DeliveryState.HELD}) {
      Page<Delivery> page = list.apply(DeliveryQuery.ofSite(site).state(state).page(MOST));
      waiting.pages.put(state, page);
      for (Delivery delivery : page.data()) {
        Queue one = new Queue(1, delivery.createdAt(), delivery.dueAt());
        waiting.queues.merge(delivery.endpoint(), one, Queue::and);
      }
    }
    return waiting;
  }

  /** Returns the count as text: {@code 500+} if there are more than were read. */
  public String count() {
    int total = pages.values().stream().mapToInt(page -> page.data().size()).sum();
    return total + (isCut() ? "+" : "");
  }

  /** Returns whether there are more than were read. */
  public boolean isCut() {
    return pages.values().stream().anyMatch(page -> page.next() != null);
  }

  /** Returns whether nothing is waiting. */
  public boolean isNone() {
    return queues.isEmpty();
  }

  /** Returns the count for a state, as text. */
  String count(DeliveryState state) {
    Page<Delivery> page = pages.get(state);
    return page == null ? "0" : page.data().size() + (page.next() == null ? "" : "+");
  }

  /** Returns how long the oldest that was read has been waiting; a dash if none is. */
  public String age(Instant now) {
    return queues.values().stream()
        .reduce(Queue::and)
        .map(queue -> DisplayTime.length(Duration.between(queue.oldest(), now)))
        .orElse(DisplayTime.NONE.text());
  }

  /** Returns the waiting deliveries of one endpoint. */
  public Queue of(EndpointId endpoint) {
    return queues.getOrDefault(endpoint, new Queue(0, Instant.EPOCH, Instant.EPOCH));
  }
}
