/**
 * How fast an endpoint is sent to: rates and limits as values. They are enforced in {@code
 * engine.dispatch}; the limits of a node are in {@code observe}.
 */
@NullMarked
package dev.hookferry.limit;

import org.jspecify.annotations.NullMarked;
