package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.OldestDelivery;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.Undelivered;
import dev.hookferry.observe.UndeliveredCounts;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The undelivered deliveries of a site, by endpoint. Counts indicate if there are more. */
public final class WaitingDeliveries {
  private final UndeliveredCounts counts;
  private final int unsent;
  private final OldestDelivery oldest;

  /**
   * Creates the counts.
   *
   * @param unsent number of pending ones without an attempt
   * @param oldest finds the oldest if there are more than were counted
   */
  private WaitingDeliveries(UndeliveredCounts counts, int unsent, OldestDelivery oldest) {
    this.counts = counts;
    this.unsent = unsent;
    this.oldest = oldest;
  }

  private static WaitingDeliveries counted(
      DeliveryQuery query, Set<EndpointId> ordered, Function<DeliveryQuery, Page<Delivery>> list) {
    AtomicInteger unsent = new AtomicInteger();
    UndeliveredCounts counts =
        UndeliveredCounts.of(
            query,
            ordered,
            part -> {
              Page<Delivery> page = list.apply(part);
              page.data().stream()
                  .filter(one -> one.state() == DeliveryState.PENDING && one.attempts() == 0)
                  .forEach(one -> unsent.incrementAndGet());
              return page;
            });
    return new WaitingDeliveries(counts, unsent.get(), new OldestDelivery(query, list));
  }

  /** Returns the waiting deliveries of a site. */
  public static WaitingDeliveries at(Webhooks webhooks, SiteId site) {
    return of(site, webhooks.endpoints().all(site), webhooks.deliveries()::list);
  }

  /**
   * Returns the waiting deliveries to one endpoint, whether or not it currently preserves order.
   */
  public static WaitingDeliveries to(Webhooks webhooks, Endpoint endpoint) {
    DeliveryQuery query = DeliveryQuery.ofSite(endpoint.site()).endpoint(endpoint.id());
    return counted(query, Set.of(endpoint.id()), webhooks.deliveries()::list);
  }

  /**
   * Returns the undelivered deliveries in a part of a site.
   *
   * @param endpoints the endpoints of the part
   * @param list returns the deliveries that match a query and belong to the part
   */
  public static WaitingDeliveries of(
      SiteId site, Collection<Endpoint> endpoints, Function<DeliveryQuery, Page<Delivery>> list) {
    Set<EndpointId> ordered =
        endpoints.stream()
            .filter(endpoint -> endpoint.order().isByKey())
            .map(Endpoint::id)
            .collect(Collectors.toSet());
    return counted(DeliveryQuery.ofSite(site), ordered, list);
  }

  /** Returns the number of waiting deliveries as text, such as {@code 1,000+} if there are more. */
  public String count() {
    Undelivered all = counts.all();
    return text(all.waiting(), all.more());
  }

  /** Returns whether there are more than were counted. */
  public boolean isCut() {
    return counts.all().more();
  }

  /** Returns whether a state has more deliveries than were counted. */
  boolean isCut(DeliveryState state) {
    return counts.isCut(state);
  }

  /** Returns whether any deliveries are in a state. */
  boolean isAny(DeliveryState state) {
    return counts.count(state) > 0 || counts.isCut(state);
  }

  /** Returns whether nothing is undelivered. */
  public boolean isNone() {
    return counts.all().total() == 0;
  }

  /** Returns the total number of deliveries in the given states, as text. */
  String count(List<DeliveryState> states) {
    return text(
        states.stream().mapToInt(counts::count).sum(), states.stream().anyMatch(counts::isCut));
  }

  /**
   * Returns how many pending deliveries wait for their first attempt rather than for a retry, such
   * as {@code 40 not sent yet}; empty if none do.
   */
  String firstAttempts() {
    if (unsent == 0) {
      return "";
    }
    boolean isCut = counts.isCut(DeliveryState.PENDING);
    boolean isAll = !isCut && unsent == counts.count(DeliveryState.PENDING);
    return (isAll ? "" : text(unsent, isCut) + " ") + "not sent yet";
  }

  /**
   * Returns how long the oldest delivery has been waiting; a dash if there is none. Blocks if there
   * are more than were counted, because the oldest is not among these.
   */
  public String age(Instant now) {
    Instant known = counts.all().oldest();
    if (known == null) {
      return DisplayTime.NONE.text();
    }
    Instant since = isCut() ? oldest.upTo(known, now) : known;
    return DisplayTime.relative(Duration.between(since, now));
  }

  /** Returns the undelivered deliveries of one endpoint. */
  public Undelivered of(EndpointId endpoint) {
    return counts.of(endpoint);
  }

  /**
   * Returns the blocked ordering keys, such as {@code 4 ordering keys are blocked; 78 deliveries
   * wait behind them}; empty if there are none.
   */
  public static String blocked(Undelivered some) {
    int keys = some.blockedKeys();
    if (keys == 0) {
      return "";
    }
    boolean isOne = keys == 1 && !some.more();
    return text(keys, some.more())
        + (isOne ? " ordering key is blocked; " : " ordering keys are blocked; ")
        + wait(some.behindBlocked(), some.more())
        + (isOne ? " behind it" : " behind them");
  }

  private static String wait(int count, boolean more) {
    if (count == 0 && !more) {
      return "nothing waits";
    }
    return deliveries(count, more) + (count == 1 && !more ? " waits" : " wait");
  }

  /** Returns a number of deliveries, such as {@code 1,000+ deliveries}. */
  public static String deliveries(int count, boolean more) {
    return text(count, more) + (count == 1 && !more ? " delivery" : " deliveries");
  }

  /** Returns a number, such as {@code 1,000+} where counting stops for a site. */
  public static String text(int counted, boolean more) {
    int count = more ? Math.min(counted, UndeliveredCounts.MAX) : counted;
    return NumberText.of(count, more);
  }
}
