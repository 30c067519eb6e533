/**
 * The log of the process: one line for each event that its operator wants to know about. The log of
 * attempts is part of the store, in {@code dev.hookferry.store}.
 */
@NullMarked
package dev.hookferry.app.logging;

import org.jspecify.annotations.NullMarked;
