package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.activity.EndpointHistory;
import dev.hookferry.http.console.activity.FailureShare;
import dev.hookferry.http.console.deliveries.DeliveryRow;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.deliveries.WaitingRow;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.EndpointConditions;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.http.console.list.OldestDelivery;
import dev.hookferry.http.console.list.RetryDelayReasons;
import dev.hookferry.http.console.text.EndpointWords;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.DeliveryReason;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.Undelivered;
import dev.hookferry.observe.UndeliveredCounts;
import dev.hookferry.query.DeliveryQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Data shared by all rows of endpoints.
 *
 * @param sends whether webHooksEnabled and this node's delivery are on
 * @param waiting the site's waiting deliveries
 * @param span the range of the figures
 */
public record EndpointTable(
    Webhooks webhooks,
    boolean sends,
    WaitingDeliveries waiting,
    Activity activity,
    ChartSpan span,
    Instant now) {
  /** Returns the data of a visit for the range in its URL, or 24 hours by default. */
  public static EndpointTable of(Webhooks webhooks, Activity activity, Visit visit) {
    return of(webhooks, activity, visit, WaitingDeliveries.at(webhooks, visit.site()));
  }

  /** Returns the data of a visit to the page of one endpoint. */
  static EndpointTable of(Webhooks webhooks, Activity activity, Visit visit, Endpoint endpoint) {
    return of(webhooks, activity, visit, WaitingDeliveries.to(webhooks, endpoint));
  }

  private static EndpointTable of(
      Webhooks webhooks, Activity activity, Visit visit, WaitingDeliveries waiting) {
    return new EndpointTable(
        webhooks,
        new RetryDelayReasons(webhooks).delayReason(visit.site()).isEmpty(),
        waiting,
        activity,
        ChartSpan.fromCode(visit.query().text("span")).orElse(ChartSpan.DAY),
        visit.now());
  }

  /** Returns a copy for the given range. */
  public EndpointTable over(ChartSpan chartSpan) {
    return new EndpointTable(webhooks, sends, waiting, activity, chartSpan, now);
  }

  /**
   * Returns the undelivered deliveries of these endpoints. If the site has more than one count
   * covers, each endpoint is counted separately, so that every page shows the same numbers.
   */
  public Map<EndpointId, Undelivered> undelivered(List<Endpoint> endpoints) {
    return waiting.isCut()
        ? UndeliveredCounts.ofEach(endpoints, webhooks.deliveries()::list)
        : endpoints.stream().collect(Collectors.toMap(Endpoint::id, one -> waiting.of(one.id())));
  }

  /** Returns an endpoint's deliveries in the range. */
  public EndpointHistory history(Endpoint endpoint) {
    return activity.history(endpoint.id(), span, now);
  }

  /** Returns the share of failed deliveries to these endpoints: the sum of their rows. */
  public FailureShare share(List<Endpoint> endpoints) {
    return activity.share(endpoints.stream().map(Endpoint::id).toList(), span, now);
  }

  /** Returns the health of an endpoint, as the API reports it. */
  public EndpointHealth health(Endpoint endpoint) {
    return webhooks.endpoints().health(endpoint);
  }

  /** Returns the rows of a page. Reads their figures from the store if they are not in memory. */
  public List<EndpointRow> rows(List<Endpoint> page) {
    activity.prepare(page.stream().map(Endpoint::id).toList());
    Map<EndpointId, Undelivered> queues = undelivered(page);
    return page.stream()
        .map(one -> EndpointRow.of(one, since(queues.get(one.id()), one), this))
        .toList();
  }

  /** Corrects the age of the oldest delivery if there are more than were counted. */
  private Undelivered since(@Nullable Undelivered queue, Endpoint endpoint) {
    Instant known = queue == null ? null : queue.oldest();
    if (queue == null || known == null || !queue.more()) {
      return queue == null ? Undelivered.NONE : queue;
    }
    DeliveryQuery query = DeliveryQuery.ofSite(endpoint.site()).endpoint(endpoint.id());
    return new Undelivered(
        queue.waiting(),
        queue.blockedKeys(),
        queue.behindBlocked(),
        new OldestDelivery(query, webhooks.deliveries()::list).upTo(known, now),
        queue.nextDue(),
        true);
  }

  /**
   * Returns the row of a delivery on the page of its endpoint, which already states the endpoint's
   * condition.
   *
   * @param last the last attempts of the page's deliveries
   */
  DeliveryRow row(Delivery delivery, Endpoint endpoint, LastAttempts last) {
    DeliveryReason reason = EndpointWords.plain(DeliveryReason.of(delivery, health(endpoint), now));
    String failure = last.failure(delivery);
    DeliveryRow row =
        DeliveryRow.of(delivery, endpoint, reason, now).accepted(last.success(delivery));
    return EndpointConditions.waitsForEndpoint(delivery, reason)
        ? row.belowCondition(failure, WaitingRow.why(delivery, reason))
        : row.after(failure).besideCreated();
  }
}
