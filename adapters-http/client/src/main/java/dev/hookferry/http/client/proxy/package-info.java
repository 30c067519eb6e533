/**
 * Handshakes with proxies, which open the way to a receiver; requests are sent in {@code
 * http.client}.
 */
@NullMarked
package dev.hookferry.http.client.proxy;

import org.jspecify.annotations.NullMarked;
