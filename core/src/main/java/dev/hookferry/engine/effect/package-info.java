/**
 * Effects that the engine requests from the outside world. {@code engine.runtime} executes them;
 * results come back as messages.
 */
@NullMarked
package dev.hookferry.engine.effect;

import org.jspecify.annotations.NullMarked;
