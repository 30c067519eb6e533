/**
 * Handshakes with proxies, which open tunnels to receivers. Requests are sent in {@code
 * http.client}.
 */
@NullMarked
package dev.hookferry.http.client.proxy;

import org.jspecify.annotations.NullMarked;
