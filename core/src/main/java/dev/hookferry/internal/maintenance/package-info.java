/**
 * The background jobs of a node, on timers of their own. The work itself is mostly elsewhere, such
 * as replays in {@code internal.replay} and reports of blocked keys in {@code internal.order}.
 */
@NullMarked
package dev.hookferry.internal.maintenance;

import org.jspecify.annotations.NullMarked;
