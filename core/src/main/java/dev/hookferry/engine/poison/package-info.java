/** Deliveries that are suspected of crashing the process, and when they are tried. */
@NullMarked
package dev.hookferry.engine.poison;

import org.jspecify.annotations.NullMarked;
