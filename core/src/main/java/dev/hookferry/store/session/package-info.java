/**
 * The part of the store SPI that keeps browser sessions and one-time codes. This capability is
 * optional for a store. {@code session} defines what the sessions mean.
 */
@NullMarked
package dev.hookferry.store.session;

import org.jspecify.annotations.NullMarked;
