/**
 * Quarantine of deliveries that are suspected of crashing the process, and their trials. The levels
 * of suspicion are in {@code delivery}.
 */
@NullMarked
package dev.hookferry.engine.poison;

import org.jspecify.annotations.NullMarked;
