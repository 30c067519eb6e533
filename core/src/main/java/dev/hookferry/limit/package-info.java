/**
 * Limits on the requests to one endpoint, as values: rate and concurrency. They are enforced in
 * {@code engine.dispatch}; the limits of a node are in {@code observe}.
 */
@NullMarked
package dev.hookferry.limit;

import org.jspecify.annotations.NullMarked;
