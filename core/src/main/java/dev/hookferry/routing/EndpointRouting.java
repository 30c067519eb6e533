package dev.hookferry.routing;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.filter.FilterMismatch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reason why an endpoint did or did not receive an event. An existing delivery is on record,
 * but the reason for a missing one is derived from the current settings. Immutable.
 *
 * @param delivery the endpoint's delivery of the event, or null if there is none
 * @param mismatch the clause of the endpoint's filter that failed; null unless the outcome is
 *     {@link RoutingOutcome#FILTER}
 * @param urlProblem why the endpoint's URL cannot be built from the event's routing values; null
 *     unless the outcome is {@link RoutingOutcome#NOT_ROUTABLE}
 */
public record EndpointRouting(
    Endpoint endpoint,
    RoutingOutcome outcome,
    @Nullable Delivery delivery,
    @Nullable FilterMismatch mismatch,
    @Nullable String urlProblem) {
  public EndpointRouting {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(outcome, "outcome");
  }

  /** Returns the outcome as a human-readable sentence. */
  public String sentence() {
    return switch (outcome) {
      case NOT_SUBSCRIBED -> "It does not subscribe to this event type.";
      case NOT_ADDRESSED -> "The event is addressed to other endpoints.";
      case LABEL -> "The event lacks a label that the endpoint requires.";
      case FILTER -> "Its filter does not match: " + mismatch + ".";
      case NOT_ROUTABLE -> "The event's routing " + urlProblem + ".";
      case PAUSED -> delivery == null ? "webHooksEnabled is off." : "Held while it is paused.";
      case DISABLED -> "Held: Hookferry disabled the endpoint.";
      case DELIVERED -> delivery == null ? "It has a delivery." : delivered(delivery);
      case CHANGED_SINCE -> "It was created or changed after the event was accepted.";
    };
  }

  /**
   * Returns a sentence with the state of the delivery and the pattern that the event type matches
   * now. The original pattern may have changed, and an event addressed to the endpoint needs none.
   */
  private String delivered(Delivery own) {
    return endpoint.eventTypes().stream()
        .filter(filter -> filter.matches(own.type()))
        .map(
            filter ->
                "It has a delivery: %s; %s matches now."
                    .formatted(own.state().code(), filter.pattern()))
        .findFirst()
        .orElse("It has a delivery: " + own.state().code() + ".");
  }
}
