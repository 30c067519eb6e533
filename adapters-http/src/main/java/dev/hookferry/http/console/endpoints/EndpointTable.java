package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.deliveries.RetryTime;
import dev.hookferry.http.console.deliveries.WaitingDeliveries;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.observe.EndpointState;
import java.time.Instant;

/**
 * What all rows of endpoints have in common.
 *
 * @param sends whether QLM's switch of the site and delivery at this node are on
 * @param waiting what waits at the site
 */
public record EndpointTable(
    Webhooks webhooks, boolean sends, WaitingDeliveries waiting, Activity activity, Instant now) {
  public static EndpointTable of(Webhooks webhooks, Activity activity, Visit visit) {
    return new EndpointTable(
        webhooks,
        new RetryTime(webhooks).hindrance(visit.site()).isEmpty(),
        WaitingDeliveries.at(visit.site(), webhooks.deliveries()),
        activity,
        visit.now());
  }

  /** How many attempts failed in a row, here or on other nodes. */
  public int streak(Endpoint endpoint) {
    return activity.streak(endpoint.id());
  }

  /**
   * The state of an endpoint. What was counted here outlives a restart, and knows of other nodes:
   * so an endpoint that kept failing before is failing, though the engine begins anew.
   */
  public EndpointState state(Endpoint endpoint) {
    EndpointState state = webhooks.endpoints().state(endpoint);
    if (state.isHeld()) {
      return state;
    }
    EndpointHealth health = webhooks.endpoints().health(endpoint.site(), endpoint.id());
    int failures = Math.max(health.failures(), streak(endpoint));
    return EndpointState.of(
        endpoint,
        true,
        new EndpointHealth(health.state(), failures, health.restsUntil(), health.ownFault()));
  }

  public EndpointRow row(Endpoint endpoint) {
    return EndpointRow.of(endpoint, this);
  }
}
