/**
 * The HTTP server: the API and the console on one port. The calls are in {@code http.api}, the
 * pages in {@code http.console}; requests to receivers are sent by {@code http.client}.
 */
@NullMarked
package dev.hookferry.http;

import org.jspecify.annotations.NullMarked;
