/**
 * The pipeline of an API request: admission, routing, access control, rate limits, refusals. The
 * table of routes is in {@code http.api}; bodies and connections are handled in {@code
 * http.socket}.
 */
@NullMarked
package dev.hookferry.http.route;

import org.jspecify.annotations.NullMarked;
