package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.deliveries.RetryTime;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.Visit;
import java.time.Instant;

/**
 * What all rows of endpoints have in common.
 *
 * @param sends QLM's switch of the site
 * @param waiting what waits at the site
 */
public record EndpointTable(
    boolean sends, WaitingDeliveries waiting, Activity activity, RetryTime retrying, Instant now) {
  public static EndpointTable of(Webhooks webhooks, Activity activity, Visit visit) {
    return new EndpointTable(
        webhooks.settings().get(visit.site()).webHooksEnabled(),
        WaitingDeliveries.at(visit.site(), webhooks.deliveries()),
        activity,
        new RetryTime(webhooks, visit.now()),
        visit.now());
  }

  public EndpointRow row(Endpoint endpoint) {
    return EndpointRow.of(endpoint, this);
  }
}
