/**
 * The HTTP server: the API and the console on one port. {@code http.api} implements the API calls
 * and {@code http.console} the pages; {@code http.client} sends requests to receivers.
 */
@NullMarked
package dev.hookferry.http;

import org.jspecify.annotations.NullMarked;
