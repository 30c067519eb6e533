package dev.hookferry.store;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import java.util.Objects;

/**
 * An endpoint that has pending deliveries but is unknown to this node.
 *
 * @param site the site that it belongs or belonged to
 * @param endpoint the endpoint, either removed or added a moment ago
 */
public record OrphanedEndpoint(SiteId site, EndpointId endpoint) {
  public OrphanedEndpoint {
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(endpoint, "endpoint");
  }
}
