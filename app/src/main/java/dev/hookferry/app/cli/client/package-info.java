/**
 * Commands that call a running server, and two that need none: {@code verify} and {@code store}.
 * Deliveries, event types, filters and the portal have commands in the packages beside; the HTTP
 * client is in {@code app.client}.
 */
@NullMarked
package dev.hookferry.app.cli.client;

import org.jspecify.annotations.NullMarked;
