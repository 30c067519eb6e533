package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.deliveries.DeliveryCells;
import dev.hookferry.http.console.deliveries.DeliveryRow;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.Columns;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.NotFoundException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The newest deliveries of an endpoint. If none of them has been attempted, the one that was
 * attempted last comes first.
 *
 * @param rows newest first
 * @param cells the column of the payload field that the user chose, if any
 */
public record RecentDeliveries(List<DeliveryRow> rows, DeliveryCells cells) {
  private static final PageRequest FEW = PageRequest.of(10);

  /**
   * Reads the deliveries with one query, their attempts with another, and one more per event if the
   * column is shown. If none of the newest has been attempted, one more for another.
   *
   * @param attempts the endpoint's newest attempts, newest first
   */
  static RecentDeliveries of(
      Webhooks webhooks,
      Endpoint endpoint,
      EndpointTable table,
      Visit visit,
      List<Attempt> attempts) {
    DeliveryQuery query = DeliveryQuery.ofSite(endpoint.site()).endpoint(endpoint.id());
    List<Delivery> created = webhooks.deliveries().list(query.page(FEW)).data();
    boolean isAttempted = created.stream().anyMatch(one -> one.attempts() > 0);
    List<Delivery> newest = isAttempted ? created : attemptedFirst(created, attempts, webhooks);
    LastAttempts last = LastAttempts.ofAll(endpoint.site(), newest, webhooks.deliveries());
    return new RecentDeliveries(
        newest.stream().map(one -> table.row(one, endpoint, last)).toList(),
        DeliveryCells.of(webhooks, endpoint.site(), newest, Columns.of(visit).fieldOnly()));
  }

  private static List<Delivery> attemptedFirst(
      List<Delivery> created, List<Attempt> attempts, Webhooks webhooks) {
    if (attempts.isEmpty()) {
      return created;
    }
    Attempt last = attempts.get(0);
    try {
      Delivery attempted = webhooks.deliveries().get(last.site(), last.delivery());
      return Stream.concat(Stream.of(attempted), created.stream()).limit(FEW.limit()).toList();
    } catch (NotFoundException e) {
      return created; // the attempt outlived its delivery
    }
  }
}
