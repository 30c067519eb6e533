/**
 * The engine's view of the configuration, indexed for routing, and the rule that decides which
 * endpoints get an event. The types that explain a decision are in {@code dev.hookferry.routing}.
 */
@NullMarked
package dev.hookferry.engine.routing;

import org.jspecify.annotations.NullMarked;
