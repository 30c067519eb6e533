/**
 * The background jobs of a node, on timers of their own. Most of what they call is in the packages
 * beside.
 */
@NullMarked
package dev.hookferry.internal.maintenance;

import org.jspecify.annotations.NullMarked;
