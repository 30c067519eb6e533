/**
 * Replays, which send many deliveries again, as jobs that survive a restart: their values and
 * texts. They are advanced in {@code internal.replay}.
 */
@NullMarked
package dev.hookferry.replay;

import org.jspecify.annotations.NullMarked;
