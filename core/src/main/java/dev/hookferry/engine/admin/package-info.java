/**
 * Manual commands: extra attempts, cancellations, additional deliveries, a new configuration.
 * Replays, which send many deliveries again, are in {@code internal.replay}.
 */
@NullMarked
package dev.hookferry.engine.admin;

import org.jspecify.annotations.NullMarked;
