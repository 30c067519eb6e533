/**
 * Stage record: decides what a response means for the delivery and for the endpoint. Intervals
 * between retries are computed in {@code retry}; {@code engine.dispatch} limits the requests to a
 * failing endpoint.
 */
@NullMarked
package dev.hookferry.engine.outcome;

import org.jspecify.annotations.NullMarked;
