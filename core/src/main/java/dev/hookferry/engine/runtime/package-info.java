/** The threads, clocks and mailbox around the engine. Holds no rule of its own. */
@NullMarked
package dev.hookferry.engine.runtime;

import org.jspecify.annotations.NullMarked;
