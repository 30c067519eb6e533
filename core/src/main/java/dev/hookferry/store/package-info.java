/**
 * The store SPI, with one interface per capability. To add a store, implement these interfaces and
 * pass the contract tests; {@code memory} is an example.
 */
@NullMarked
package dev.hookferry.store;

import org.jspecify.annotations.NullMarked;
