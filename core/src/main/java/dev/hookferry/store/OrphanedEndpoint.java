package dev.hookferry.store;

import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;

/**
 * An endpoint that deliveries wait for although it is not known.
 *
 * @param site whose it is or was
 * @param endpoint perhaps removed, perhaps added a moment ago
 */
public record OrphanedEndpoint(SiteId site, EndpointId endpoint) {}
