package dev.hookferry.app.config;

import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the customers' portal.
 *
 * @param listen the portal's own address, or null to serve it on the API's address
 * @param url the origin of portal links, or null to use that of the request that creates the link
 */
public record PortalConfig(@Nullable InetSocketAddress listen, @Nullable URI url) {}
