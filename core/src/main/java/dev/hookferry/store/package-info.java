/**
 * The store SPI: one interface per ability. Implement these and pass the contract tests to add a
 * store; {@code memory} is an example.
 */
@NullMarked
package dev.hookferry.store;

import org.jspecify.annotations.NullMarked;
