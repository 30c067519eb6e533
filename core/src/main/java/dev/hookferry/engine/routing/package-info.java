/** The configuration as the engine knows it, indexed by what it is asked for. */
@NullMarked
package dev.hookferry.engine.routing;

import org.jspecify.annotations.NullMarked;
