/**
 * The deterministic state machine that moves deliveries: its messages, its state, and the rules
 * that span stages. Owns no thread and reads no clock; those are in {@code engine.runtime}.
 */
@NullMarked
package dev.hookferry.engine;

import org.jspecify.annotations.NullMarked;
