/**
 * The threads, clocks and mailbox around the engine. Holds no rule of its own; rules are in {@code
 * engine} and its stages.
 */
@NullMarked
package dev.hookferry.engine.runtime;

import org.jspecify.annotations.NullMarked;
