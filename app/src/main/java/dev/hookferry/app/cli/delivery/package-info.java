/**
 * Commands about deliveries: their lists, their attempts, and retries that are watched. The log of
 * all attempts, and replays, are in {@code app.cli.client}.
 */
@NullMarked
package dev.hookferry.app.cli.delivery;

import org.jspecify.annotations.NullMarked;
