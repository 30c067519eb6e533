/**
 * Contract tests of a whole store: a test class that implements {@link
 * dev.hookferry.contract.store.StoreContract} runs them against its store.
 */
@NullMarked
package dev.hookferry.contract.store;

import org.jspecify.annotations.NullMarked;
