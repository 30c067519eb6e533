/**
 * Test support for products that embed Hookferry: {@link dev.hookferry.testing.SimulatedHookferry},
 * which runs the real engine in virtual time against scripted receivers, and fakes for a node with
 * its own threads. Not for production use; contract tests for stores are in {@code
 * hookferry-contract-tests}.
 */
@NullMarked
package dev.hookferry.testing;

import org.jspecify.annotations.NullMarked;
