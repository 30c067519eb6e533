package dev.hookferry.port;

import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;

/**
 * An endpoint that deliveries wait for although it is not known.
 *
 * @param site whose it is or was
 * @param endpoint perhaps removed, perhaps added a moment ago
 */
public record Stray(SiteId site, EndpointId endpoint) {}
