/**
 * Transfers of a store's whole content: one store is read as a stream of records, and another is
 * filled from it. These capabilities are optional for a store. Archives, which are single files,
 * are in {@code store.archive}.
 */
@NullMarked
package dev.hookferry.store.transfer;

import org.jspecify.annotations.NullMarked;
