/**
 * Stage record: decides what a response means for the delivery and for the endpoint. Intervals
 * between retries are computed in {@code retry}; how much a failing endpoint is still sent is
 * decided in {@code engine.dispatch}.
 */
@NullMarked
package dev.hookferry.engine.outcome;

import org.jspecify.annotations.NullMarked;
