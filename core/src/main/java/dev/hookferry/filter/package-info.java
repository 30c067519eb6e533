/**
 * Filters of endpoints: their syntax, and their evaluation on the data of an event. An endpoint's
 * filter is one of its settings, in {@code endpoint}; what follows from the verdict is decided in
 * {@code engine.routing}.
 */
@NullMarked
package dev.hookferry.filter;

import org.jspecify.annotations.NullMarked;
