/**
 * Everything around Undertow: listeners, framing, bodies within bounds, TLS, open connections. Keys
 * and routes are checked in {@code http.route}.
 */
@NullMarked
package dev.hookferry.http.socket;

import org.jspecify.annotations.NullMarked;
