/** The inbound HTTP API: what the facade can do, for programs in any language. */
@NullMarked
package dev.hookferry.http.server;

import org.jspecify.annotations.NullMarked;
