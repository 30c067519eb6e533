/**
 * Commands that list, show, retry and cancel deliveries, and watch their retries. The log of all
 * attempts, and replays, are in {@code app.cli.client}.
 */
@NullMarked
package dev.hookferry.app.cli.delivery;

import org.jspecify.annotations.NullMarked;
