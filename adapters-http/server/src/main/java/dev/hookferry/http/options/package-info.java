/**
 * Options of the HTTP server. {@code http.console} has the console's options, {@code http.client}
 * those for requests to receivers.
 */
@NullMarked
package dev.hookferry.http.options;

import org.jspecify.annotations.NullMarked;
