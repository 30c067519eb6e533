/**
 * What tests of products that embed Hookferry need: {@link
 * dev.hookferry.testing.SimulatedHookferry}, which runs the real engine in virtual time against
 * receivers that follow a script, and single fakes for a node with threads of its own. Nothing here
 * is for production.
 */
@NullMarked
package dev.hookferry.testing;

import org.jspecify.annotations.NullMarked;
