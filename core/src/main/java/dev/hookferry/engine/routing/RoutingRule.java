package dev.hookferry.engine.routing;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.id.EventType;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.routing.RoutingOutcome;

/**
 * Rule that decides whether an endpoint gets an event, and the reason if not. Shared by the engine
 * and the explanation of past events; the engine applies it only to endpoints that {@link
 * RoutingTable#matching} has found by the same criteria.
 */
public final class RoutingRule {
  private RoutingRule() {}

  /**
   * Returns the outcome for any endpoint of the site. A test event is not routed: it goes to a
   * single endpoint.
   *
   * @param filterMatches whether the event meets the endpoint's filter; true if it has none
   */
  public static RoutingOutcome of(Endpoint endpoint, Event event, boolean filterMatches) {
    EventOptions options = event.options();
    if (!options.to().isEmpty() && !options.to().contains(endpoint.id())) {
      return RoutingOutcome.NOT_ADDRESSED;
    }
    boolean isSubscribed = !options.to().isEmpty() || endpoint.isSubscribedTo(event.type());
    if (!isSubscribed || event.type().equals(EventType.TEST)) {
      return RoutingOutcome.NOT_SUBSCRIBED;
    }
    return RoutingTable.hasLabels(options.labels(), endpoint)
        ? ofCandidate(endpoint, event, filterMatches)
        : RoutingOutcome.LABEL;
  }

  /**
   * Returns the outcome for an endpoint that is addressed or subscribed, and whose labels match.
   *
   * @param filterMatches whether the event meets the endpoint's filter; true if it has none
   */
  public static RoutingOutcome ofCandidate(Endpoint endpoint, Event event, boolean filterMatches) {
    if (!filterMatches) {
      return RoutingOutcome.FILTER;
    }
    TargetUrl url = endpoint.url();
    return url.isTemplate() && url.problem(event.options().routing()).isPresent()
        ? RoutingOutcome.NOT_ROUTABLE
        : ofStatus(endpoint.status());
  }

  /** Returns the outcome for an endpoint that gets a delivery: whether it is sent or held. */
  public static RoutingOutcome ofStatus(EndpointStatus status) {
    if (status.enabled()) {
      return RoutingOutcome.DELIVERED;
    }
    return status.reason() == null ? RoutingOutcome.PAUSED : RoutingOutcome.DISABLED;
  }
}
