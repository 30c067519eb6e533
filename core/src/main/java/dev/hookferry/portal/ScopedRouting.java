package dev.hookferry.portal;

import dev.hookferry.routing.EndpointRouting;
import java.util.Objects;

/**
 * The reason why an endpoint of a portal session did or did not receive an event. Immutable.
 *
 * @param routing the reason
 * @param showsValue whether the session may see the payload value that caused the mismatch; true if
 *     no value did
 */
public record ScopedRouting(EndpointRouting routing, boolean showsValue) {
  public ScopedRouting {
    Objects.requireNonNull(routing, "routing");
  }
}
