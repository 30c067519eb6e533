/**
 * Manual commands (extra attempts, cancellations, additional deliveries) and configuration changes.
 * Replays, which send many past deliveries again, are in {@code internal.replay}.
 */
@NullMarked
package dev.hookferry.engine.admin;

import org.jspecify.annotations.NullMarked;
