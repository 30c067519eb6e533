/**
 * Reports about a node's work: the listener and its events, health, load and backlog, and the
 * limits of a node. This package contains no rules; they are in {@code engine.outcome} and {@code
 * engine.intake}.
 */
@NullMarked
package dev.hookferry.observe;

import org.jspecify.annotations.NullMarked;
