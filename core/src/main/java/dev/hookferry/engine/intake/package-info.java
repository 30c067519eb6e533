/** Stages accept and admit: which endpoints get an event, and when new events must wait. */
@NullMarked
package dev.hookferry.engine.intake;

import org.jspecify.annotations.NullMarked;
