/**
 * The client of the HTTP API that the command line uses. Receivers are called by {@code
 * http.client}.
 */
@NullMarked
package dev.hookferry.app.client;

import org.jspecify.annotations.NullMarked;
