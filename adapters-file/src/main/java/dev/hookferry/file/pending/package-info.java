/**
 * The pending deliveries in memory: when they are due, who owns them, and the order in which they
 * are claimed. Checkpoints of them are written in {@code file.maintenance}; final deliveries are
 * found in {@code file.search}.
 */
@NullMarked
package dev.hookferry.file.pending;

import org.jspecify.annotations.NullMarked;
