/**
 * Moving everything that a store holds: reading one store as a stream of records and filling
 * another one from it. The abilities are optional for a store. Archives, which are single files,
 * are in {@code store.archive}.
 */
@NullMarked
package dev.hookferry.store.transfer;

import org.jspecify.annotations.NullMarked;
