/**
 * The store SPI: one interface per ability. Implement these and pass the contract tests to add a
 * store.
 */
@NullMarked
package dev.hookferry.store;

import org.jspecify.annotations.NullMarked;
