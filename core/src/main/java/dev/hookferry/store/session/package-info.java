/**
 * The part of the store SPI that keeps sessions of browsers and one-time codes; an optional ability
 * of a store.
 */
@NullMarked
package dev.hookferry.store.session;

import org.jspecify.annotations.NullMarked;
