/**
 * Endpoint filters: their syntax, and their evaluation on the data of an event. An endpoint's
 * filter is one of its settings, in {@code endpoint}; {@code engine.routing} acts on the verdict.
 */
@NullMarked
package dev.hookferry.filter;

import org.jspecify.annotations.NullMarked;
