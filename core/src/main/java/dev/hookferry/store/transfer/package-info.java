/**
 * Moving everything that a store holds: reading one store as a stream of records and filling
 * another one from it. The abilities are optional for a store.
 */
@NullMarked
package dev.hookferry.store.transfer;

import org.jspecify.annotations.NullMarked;
