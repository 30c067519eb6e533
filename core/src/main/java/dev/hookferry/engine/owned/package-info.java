/** Deliveries that this node owns, from their commit or claim until their result is written. */
@NullMarked
package dev.hookferry.engine.owned;

import org.jspecify.annotations.NullMarked;
