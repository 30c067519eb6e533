/**
 * Stage dispatch: lanes, round robin, concurrency windows, rate limits and claims. {@code
 * engine.outcome} decides what a response means for a lane.
 */
@NullMarked
package dev.hookferry.engine.dispatch;

import org.jspecify.annotations.NullMarked;
