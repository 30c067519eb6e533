package dev.hookferry.engine.routing;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Event;
import dev.hookferry.filter.Filter;
import dev.hookferry.filter.FilterMismatch;
import dev.hookferry.routing.EndpointRouting;
import dev.hookferry.routing.RoutingOutcome;
import dev.hookferry.site.Site;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Explanation of why an endpoint got an event, or did not. */
public final class RoutingReason {
  private RoutingReason() {}

  /**
   * Returns the outcome for one endpoint, with its reason.
   *
   * @param delivery the delivery of the event to the endpoint, or null if there is none
   * @param mismatches the reasons by filter, for filters that the event does not match
   */
  public static EndpointRouting of(
      Site site,
      Event event,
      Endpoint endpoint,
      @Nullable Delivery delivery,
      Map<Filter, FilterMismatch> mismatches) {
    if (delivery != null) {
      RoutingOutcome standing =
          RoutingTable.isOn(site) ? RoutingRule.ofStatus(endpoint.status()) : RoutingOutcome.PAUSED;
      boolean ended = delivery.state().isFinal();
      return new EndpointRouting(
          endpoint, ended ? RoutingOutcome.DELIVERED : standing, delivery, null, null);
    }
    Filter filter = endpoint.filter();
    FilterMismatch mismatch = filter == null ? null : mismatches.get(filter);
    RoutingOutcome outcome = RoutingRule.of(endpoint, event, mismatch == null);
    if (outcome.makesDelivery()) {
      outcome = RoutingTable.isOn(site) ? RoutingOutcome.CHANGED_SINCE : RoutingOutcome.PAUSED;
    }
    return new EndpointRouting(
        endpoint,
        outcome,
        null,
        outcome == RoutingOutcome.FILTER ? mismatch : null,
        outcome == RoutingOutcome.NOT_ROUTABLE
            ? endpoint.url().problem(event.options().routing()).orElse(null)
            : null);
  }
}
