package dev.hookferry.app.config;

import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the customers' portal.
 *
 * @param listen its own address, or null to serve it with the API
 * @param url the origin of links to it, or null for that of the request that makes the link
 */
public record PortalConfig(@Nullable InetSocketAddress listen, @Nullable URI url) {}
