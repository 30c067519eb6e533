/**
 * Values for the limits on requests to one endpoint: rate and concurrency. {@code engine.dispatch}
 * enforces them; the limits of a node are in {@code observe}.
 */
@NullMarked
package dev.hookferry.limit;

import org.jspecify.annotations.NullMarked;
