/**
 * Test support for products that embed Hookferry. {@link dev.hookferry.testing.SimulatedHookferry}
 * runs the real engine in virtual time against scripted receivers; the other fakes are for nodes
 * that run their own threads. Not for production use. Contract tests for stores are in {@code
 * hookferry-contract-tests}.
 */
@NullMarked
package dev.hookferry.testing;

import org.jspecify.annotations.NullMarked;
