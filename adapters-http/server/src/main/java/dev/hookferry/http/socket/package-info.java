/**
 * The integration with Undertow: listeners, request framing, body limits, TLS, open connections.
 * Keys and routes are checked in {@code http.route}.
 */
@NullMarked
package dev.hookferry.http.socket;

import org.jspecify.annotations.NullMarked;
