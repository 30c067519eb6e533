package dev.hookferry.http.console;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import java.time.Instant;

/**
 * What all rows of endpoints have in common.
 *
 * @param sends QLM's switch of the site
 * @param waiting what waits at the site
 */
record EndpointBoard(
    boolean sends, Waiting waiting, Activity activity, Retrying retrying, Instant now) {
  static EndpointBoard of(Webhooks webhooks, Activity activity, Visit visit) {
    return new EndpointBoard(
        webhooks.settings().get(visit.site()).webHooksEnabled(),
        Waiting.at(visit.site(), webhooks.deliveries()),
        activity,
        new Retrying(webhooks, visit.now()),
        visit.now());
  }

  EndpointRow row(Endpoint endpoint) {
    return EndpointRow.of(endpoint, this);
  }
}
