/** The deterministic state machine that moves deliveries, and the shell of threads around it. */
@NullMarked
package dev.hookferry.engine;

import org.jspecify.annotations.NullMarked;
