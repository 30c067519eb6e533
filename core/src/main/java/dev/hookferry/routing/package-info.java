/**
 * Explanations of why an endpoint did or did not receive an event, and trials of filters on past
 * events. The decision itself is in {@code engine.routing}.
 */
@NullMarked
package dev.hookferry.routing;

import org.jspecify.annotations.NullMarked;
