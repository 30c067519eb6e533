/** Stage dispatch: lanes, round robin, concurrency windows, rate limits and claims. */
@NullMarked
package dev.hookferry.engine.dispatch;

import org.jspecify.annotations.NullMarked;
