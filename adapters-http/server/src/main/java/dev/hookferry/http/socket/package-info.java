/**
 * Everything around Undertow: framing, bodies within bounds, TLS, open connections. Keys and routes
 * are checked in {@code http.route}, which also opens the listening socket.
 */
@NullMarked
package dev.hookferry.http.socket;

import org.jspecify.annotations.NullMarked;
