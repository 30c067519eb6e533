package dev.hookferry.portal;

import dev.hookferry.routing.EndpointRouting;
import java.util.Objects;

/**
 * The reason why an endpoint of a portal session got an event, or did not. Immutable.
 *
 * @param routing the reason
 * @param showsValue whether the session may see the value that kept the event back: it is part of
 *     the payload. True if the outcome is not about a value
 */
public record ScopedRouting(EndpointRouting routing, boolean showsValue) {
  public ScopedRouting {
    Objects.requireNonNull(routing, "routing");
  }
}
