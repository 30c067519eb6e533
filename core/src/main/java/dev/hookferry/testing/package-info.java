/**
 * Test support for products that embed Hookferry. {@link dev.hookferry.testing.SimulatedHookferry}
 * runs the real engine in virtual time against scripted receivers; other fakes are for a node with
 * its own threads. Not for production use. Contract tests for stores are in {@code
 * hookferry-contract-tests}.
 */
@NullMarked
package dev.hookferry.testing;

import org.jspecify.annotations.NullMarked;
