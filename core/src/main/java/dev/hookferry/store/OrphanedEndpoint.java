package dev.hookferry.store;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.util.Objects;

/**
 * An endpoint that has pending deliveries but is unknown to this node.
 *
 * @param site the site to which the endpoint belongs or belonged
 * @param endpoint the endpoint, which was removed, or added a moment ago
 */
public record OrphanedEndpoint(SiteId site, EndpointId endpoint) {
  public OrphanedEndpoint {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
  }
}
