/** Everything around Undertow: framing, bodies within bounds, TLS, open connections. */
@NullMarked
package dev.hookferry.http.socket;

import org.jspecify.annotations.NullMarked;
