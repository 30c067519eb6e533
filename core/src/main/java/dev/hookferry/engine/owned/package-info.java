/**
 * Deliveries that this node owns, from their commit or claim until their result is written. Their
 * order of sending is decided in {@code engine.dispatch}.
 */
@NullMarked
package dev.hookferry.engine.owned;

import org.jspecify.annotations.NullMarked;
