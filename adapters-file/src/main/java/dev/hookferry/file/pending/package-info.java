/**
 * The pending deliveries in memory: what is due, who owns it, in which order it is claimed.
 * Checkpoints of them are written in {@code file.maintenance}; final deliveries are found in {@code
 * file.search}.
 */
@NullMarked
package dev.hookferry.file.pending;

import org.jspecify.annotations.NullMarked;
