/**
 * Commands that call a running server, and two that need none: {@code verify} and {@code store}.
 * Commands for deliveries, event types, filters and the portal are in sibling packages; the HTTP
 * client is in {@code app.client}.
 */
@NullMarked
package dev.hookferry.app.cli.client;

import org.jspecify.annotations.NullMarked;
