/**
 * What every store must do, as tests: implement {@link dev.hookferry.contract.StoreContract} in a
 * test class of a new store, and see what is missing.
 */
@NullMarked
package dev.hookferry.contract;

import org.jspecify.annotations.NullMarked;
