/**
 * Stage admit: admission control for new events, and replies to their producers. Events are built
 * in {@code internal.publish}; {@code engine.routing} decides which endpoints get them.
 */
@NullMarked
package dev.hookferry.engine.intake;

import org.jspecify.annotations.NullMarked;
