/**
 * The threads, clocks and mailbox around the engine. Contains no delivery rules; these are in
 * {@code engine} and its stages.
 */
@NullMarked
package dev.hookferry.engine.runtime;

import org.jspecify.annotations.NullMarked;
