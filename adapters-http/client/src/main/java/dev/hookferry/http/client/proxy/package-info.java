/** Handshakes with proxies, which open the way to a receiver; requests are not sent here. */
@NullMarked
package dev.hookferry.http.client.proxy;

import org.jspecify.annotations.NullMarked;
