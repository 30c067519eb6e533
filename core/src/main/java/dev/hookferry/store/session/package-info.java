/**
 * The part of the store SPI that keeps sessions of browsers and one-time codes; an optional ability
 * of a store. {@code session} gives them their meaning.
 */
@NullMarked
package dev.hookferry.store.session;

import org.jspecify.annotations.NullMarked;
