/** The engine's view of the configuration, indexed for routing. */
@NullMarked
package dev.hookferry.engine.routing;

import org.jspecify.annotations.NullMarked;
