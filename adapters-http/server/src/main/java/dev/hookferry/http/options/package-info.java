/**
 * Options of the HTTP server. Those of the console are in {@code http.console}, those of requests
 * to receivers in {@code http.client}.
 */
@NullMarked
package dev.hookferry.http.options;

import org.jspecify.annotations.NullMarked;
