/**
 * The background jobs of a node and their timers. Most of the work itself is done elsewhere, such
 * as replays in {@code internal.replay} and reports of blocked keys in {@code internal.order}.
 */
@NullMarked
package dev.hookferry.internal.maintenance;

import org.jspecify.annotations.NullMarked;
