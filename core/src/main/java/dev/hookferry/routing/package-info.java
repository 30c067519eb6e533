/**
 * The reasons why an endpoint gets an event, or not, and what a filter would have let pass. The
 * decision itself is in {@code engine.routing}.
 */
@NullMarked
package dev.hookferry.routing;

import org.jspecify.annotations.NullMarked;
