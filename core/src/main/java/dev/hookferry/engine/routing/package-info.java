/**
 * The engine's view of the configuration, indexed for routing, and the rule of who gets an event.
 * The values of an explanation are in {@code dev.hookferry.routing}.
 */
@NullMarked
package dev.hookferry.engine.routing;

import org.jspecify.annotations.NullMarked;
