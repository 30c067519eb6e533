/**
 * Contract tests for implementations of the ports: a test class that implements {@link
 * dev.hookferry.contract.StoreContract} runs them against its store.
 */
@NullMarked
package dev.hookferry.contract;

import org.jspecify.annotations.NullMarked;
