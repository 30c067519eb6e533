package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.deliveries.DeliveryCells;
import dev.hookferry.http.console.deliveries.DeliveryRow;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.list.Columns;
import dev.hookferry.http.console.list.LastAttempts;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import java.util.List;

/**
 * The newest deliveries of an endpoint.
 *
 * @param rows newest first
 * @param cells the column of the payload field that the user chose, if any
 */
public record RecentDeliveries(List<DeliveryRow> rows, DeliveryCells cells) {
  private static final PageRequest FEW = PageRequest.of(10);

  /**
   * Reads the deliveries with one query, their attempts with another, and one more per event if the
   * column is shown.
   */
  static RecentDeliveries of(
      Webhooks webhooks, Endpoint endpoint, EndpointTable table, Visit visit) {
    DeliveryQuery query = DeliveryQuery.ofSite(endpoint.site()).endpoint(endpoint.id());
    List<Delivery> newest = webhooks.deliveries().list(query.page(FEW)).data();
    LastAttempts last = LastAttempts.ofAll(endpoint.site(), newest, webhooks.deliveries());
    return new RecentDeliveries(
        newest.stream().map(one -> table.row(one, endpoint, last)).toList(),
        DeliveryCells.of(webhooks, endpoint.site(), newest, Columns.of(visit).fieldOnly()));
  }
}
