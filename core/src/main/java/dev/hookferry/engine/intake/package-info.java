/**
 * Stage admit: accepts events into the engine, or has them wait, and replies to their producers.
 * Events are built in {@code internal.publish}; which endpoints get them is decided in {@code
 * engine.routing}.
 */
@NullMarked
package dev.hookferry.engine.intake;

import org.jspecify.annotations.NullMarked;
