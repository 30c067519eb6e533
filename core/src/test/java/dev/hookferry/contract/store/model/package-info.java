/**
 * Random calls to a store and to its model, which must give the same results. The contract that
 * starts them is {@link dev.hookferry.contract.store.StoreAgainstModelContract}.
 */
@NullMarked
package dev.hookferry.contract.store.model;

import org.jspecify.annotations.NullMarked;
